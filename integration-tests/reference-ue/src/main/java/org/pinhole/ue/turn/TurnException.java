package org.pinhole.ue.turn;

import java.io.IOException;

/** No answer, or none that counts. The message is one line that says what was seen and, where it can, what to do. */
public class TurnException extends IOException {
    private static final long serialVersionUID = 1L;

    public TurnException(String message) {
        super(message);
    }

    public TurnException(String message, Throwable cause) {
        super(message, cause);
    }
}
