package org.pinhole.ue.tunnel;

import java.io.IOException;

/** No tunnel came about. The message is one line that says what was seen and, where it can, what to do. */
public class TunnelException extends IOException {
    private static final long serialVersionUID = 1L;

    public TunnelException(String message) {
        super(message);
    }

    public TunnelException(String message, Throwable cause) {
        super(message, cause);
    }
}
