package org.pinhole.connector.transport;

/**
 * The bytes on a SIP stream cannot be framed; the connection is of no further use. Says what the peer may be told: as HTTP
 * where that is what came, as SIP where there is a header block to answer to, else nothing.
 */
final class SipFormatException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int SILENCE = 0;
    private static final int HTTP = -1;
    private static final int PROXY_HEADER = -2;

    private final int status;
    private final transient byte[] head;

    private SipFormatException(int status, byte[] head, String message) {
        super(message);
        this.status = status;
        this.head = head;
    }

    /** Not SIP, and nothing to answer to. */
    static SipFormatException notSip(String message) {
        return new SipFormatException(SILENCE, new byte[0], message);
    }

    /** HTTP. */
    static SipFormatException http() {
        return new SipFormatException(HTTP, new byte[0], "HTTP request on a SIP connector");
    }

    /** A PROXY protocol header, whose first bytes were taken for a ping. */
    static SipFormatException proxyHeader() {
        return new SipFormatException(
                PROXY_HEADER,
                new byte[0],
                "PROXY protocol header on a connector that expects none; a connector for it is tls+proxy:// or tcp+proxy://");
    }

    /**
     * SIP that is refused.
     *
     * @param status of the answer, where there is one
     * @param head what there is of the header block
     */
    static SipFormatException refused(int status, String message, byte[] head) {
        return new SipFormatException(status, head, message);
    }

    boolean isHttp() {
        return status == HTTP;
    }

    boolean isProxyHeader() {
        return status == PROXY_HEADER;
    }

    /** The status of the SIP answer; 0 or less when there is none. */
    int status() {
        return status;
    }

    /** What there is of the header block: whole lines, and perhaps a piece of one. */
    byte[] head() {
        return head;
    }
}
