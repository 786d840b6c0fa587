package org.pinhole.ue.sdp;

/** A session description that cannot be one. */
public final class SdpFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    SdpFormatException(String message) {
        super(message);
    }
}
