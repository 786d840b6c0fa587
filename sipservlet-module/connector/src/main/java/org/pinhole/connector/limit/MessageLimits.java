package org.pinhole.connector.limit;

/** How large one SIP message may be. Immutable. */
public final class MessageLimits {
    private final int headerBytes;
    private final int messageBytes;
    private final int headers;

    /**
     * All three.
     *
     * @param headerBytes start line, headers and blank line
     * @param messageBytes header block and body
     * @param headers header fields, a folded one counted once
     */
    public MessageLimits(int headerBytes, int messageBytes, int headers) {
        this.headerBytes = headerBytes;
        this.messageBytes = messageBytes;
        this.headers = headers;
    }

    /** Start line, headers and blank line, in bytes. */
    public int headerBytes() {
        return headerBytes;
    }

    /** Header block and body, in bytes. */
    public int messageBytes() {
        return messageBytes;
    }

    /** Header fields. */
    public int headers() {
        return headers;
    }
}
