package org.pinhole.connector.transport;

/** The bytes on a SIP stream cannot be framed; the connection is of no further use. */
final class SipFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What to say to the peer before the connection closes. */
    enum Answer {
        /** Nothing: what came has no Via and Call-ID to answer to, or is not SIP at all. */
        NONE,
        /** An HTTP error, because HTTP is what came. */
        HTTP_400
    }

    private final Answer answer;

    SipFormatException(Answer answer, String message) {
        super(message);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
