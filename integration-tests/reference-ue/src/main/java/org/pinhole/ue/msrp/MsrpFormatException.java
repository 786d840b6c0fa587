package org.pinhole.ue.msrp;

/** What came is not MSRP; the stream cannot be resumed. */
public final class MsrpFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MsrpFormatException(String message) {
        super(message);
    }
}
