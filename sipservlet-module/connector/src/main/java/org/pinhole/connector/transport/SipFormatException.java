package org.pinhole.connector.transport;

/**
 * The bytes on a SIP stream cannot be framed; the connection is of no further use. Says what came instead, for each is told so
 * in its own words.
 */
final class SipFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int status;
    private final transient byte[] head;

    /** What came. */
    enum Kind {
        /** A SIP message that is refused. */
        SIP,
        /** An HTTP request. */
        HTTP,
        /** A TLS record where nothing is encrypted, or inside of what is. */
        TLS,
        /** A PROXY protocol header, whose first bytes were taken for a ping. */
        PROXY_HEADER,
        /** The beginning of a message, and its end not in time. */
        UNFINISHED,
        /** Anything else. */
        GARBAGE
    }

    private SipFormatException(Kind kind, String message, int status, byte[] head) {
        super(message);
        this.kind = kind;
        this.status = status;
        this.head = head;
    }

    private static SipFormatException noSip(Kind kind, String message) {
        return new SipFormatException(kind, message, 0, new byte[0]);
    }

    /** Neither SIP nor anything else that we know. */
    static SipFormatException garbage(String message) {
        return noSip(Kind.GARBAGE, message);
    }

    /** HTTP. */
    static SipFormatException http() {
        return noSip(Kind.HTTP, "HTTP request on a SIP connector");
    }

    /** TLS. */
    static SipFormatException tls() {
        return noSip(Kind.TLS, "TLS where a SIP message is expected; on a connector in the clear, tls:// is for it");
    }

    /** A PROXY protocol header. */
    static SipFormatException proxyHeader() {
        return noSip(
                Kind.PROXY_HEADER,
                "PROXY protocol header on a connector that expects none; a connector for it is tls+proxy:// or tcp+proxy://");
    }

    /** A message that has begun, and does not end. */
    static SipFormatException unfinished(String message) {
        return noSip(Kind.UNFINISHED, message);
    }

    /**
     * SIP that is refused.
     *
     * @param status of the answer, where there is one
     * @param head what there is of the header block
     */
    static SipFormatException refused(int status, String message, byte[] head) {
        return new SipFormatException(Kind.SIP, message, status, head);
    }

    /** What came. */
    Kind kind() {
        return kind;
    }

    /** The status of the answer to SIP that is refused; else 0. */
    int status() {
        return status;
    }

    /** What there is of the header block: whole lines, and perhaps a piece of one. */
    byte[] head() {
        return head;
    }
}
