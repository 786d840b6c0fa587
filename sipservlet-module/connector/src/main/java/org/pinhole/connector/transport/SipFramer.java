package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.MessageLimits;

/**
 * Cuts a SIP byte stream into messages and pings (RFC 3261 §18.3, RFC 5626 §4.4.1). Pure: reads the buffer it is given,
 * keeps only its place in the stream, looks at each byte once however slowly they come, and gives the same frames, or the
 * same refusal, however the stream was cut into pieces.
 *
 * <p>Line ends before a start line are skipped as RFC 3261 §7.5 asks, and counted: two in a row are a ping. The count
 * belongs to the connection, survives reads, starts anew after each message and is charged to no budget.
 */
final class SipFramer {
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final int PING_BYTES = 4;

    private final MessageLimits limits;

    /** How much of CR LF CR LF has been seen between messages. */
    private int pingProgress;
    /** How many bytes of the header block at hand have been looked at. */
    private int scanned;
    /** Where in it the line at hand begins. */
    private int lineStart;
    /** How many header fields it has so far. */
    private int headers;
    /** Length of the whole message at hand, once its header block is complete; 0 before. */
    private int messageLength;
    /** Whether the bytes before this one were a ping, and nothing came since. */
    private boolean justPinged;

    private long messages;

    SipFramer(MessageLimits limits) {
        this.limits = limits;
    }

    /** Whether a message has begun that is not complete. */
    boolean isInsideMessage() {
        return scanned > 0;
    }

    /** How many messages were complete so far. */
    long messages() {
        return messages;
    }

    /**
     * The next frame, or null when more bytes are needed. Advances the reader index over what it has used up only.
     *
     * @throws SipFormatException when this is not SIP, or larger than is allowed
     */
    @Nullable
    Frame next(ByteBuf in) throws SipFormatException {
        if (!isInsideMessage()) {
            int pings = skipLineEnds(in);
            if (pings > 0) {
                return Frame.pings(pings);
            }
            if (!in.isReadable()) {
                return null;
            }
            requirePlausibleStart(in);
        }
        if (messageLength == 0) {
            int headerLength = findHeaderEnd(in);
            if (headerLength < 0) {
                return null;
            }
            messageLength = headerLength + bodyLength(in, headerLength);
        }
        return in.readableBytes() < messageLength ? null : message(in);
    }

    /** Skips CR and LF up to the first byte of a message; returns how many pings they were. */
    private int skipLineEnds(ByteBuf in) {
        int pings = 0;
        while (in.isReadable()) {
            byte next = in.getByte(in.readerIndex());
            if (next != CR && next != LF) {
                pingProgress = 0;
                return pings;
            }
            in.skipBytes(1);
            justPinged = false;
            if (next == (pingProgress % 2 == 0 ? CR : LF)) {
                pingProgress++;
            } else {
                pingProgress = next == CR ? 1 : 0;
            }
            if (pingProgress == PING_BYTES) {
                pingProgress = 0;
                justPinged = true;
                pings++;
            }
        }
        return pings;
    }

    private void requirePlausibleStart(ByteBuf in) throws SipFormatException {
        int first = in.getUnsignedByte(in.readerIndex());
        if (first == 0 && justPinged && messages == 0) {
            throw SipFormatException.proxyHeader(); // its first four bytes are CR LF CR LF
        }
        StartLine.requirePlausible(first);
    }

    /** Length of the header block with its blank line, or -1. */
    private int findHeaderEnd(ByteBuf in) throws SipFormatException {
        int start = in.readerIndex();
        while (true) {
            int lineFeed = in.indexOf(start + scanned, in.writerIndex(), LF);
            scanned = (lineFeed < 0 ? in.writerIndex() : lineFeed + 1) - start;
            if (scanned > limits.headerBytes() && lineStart == 0) {
                throw SipFormatException.garbage("no start line in " + limits.headerBytes() + " bytes");
            }
            if (scanned > limits.headerBytes()) {
                throw SipFormatException.refused(
                        400,
                        "Header Block Beyond " + limits.headerBytes() + " Bytes",
                        ByteBufUtil.getBytes(in, start, limits.headerBytes()));
            }
            if (lineFeed < 0) {
                return -1;
            }
            if (lineFeed > start && in.getByte(lineFeed - 1) == CR) { // a bare LF ends no line
                if (lineFeed - 1 == start + lineStart) {
                    return scanned;
                }
                line(in, start, lineFeed - 1);
                lineStart = scanned;
            }
        }
    }

    /** Looks at one line, which ends before {@code end}. */
    private void line(ByteBuf in, int start, int end) throws SipFormatException {
        byte first = in.getByte(start + lineStart);
        if (lineStart == 0) {
            StartLine.requireSip(in, start, end);
        } else if (first != ' ' && first != '\t' && ++headers > limits.headers()) {
            throw SipFormatException.refused(
                    400, "More Than " + limits.headers() + " Headers", ByteBufUtil.getBytes(in, start, scanned));
        }
    }

    private int bodyLength(ByteBuf in, int headerLength) throws SipFormatException {
        byte[] head = ByteBufUtil.getBytes(in, in.readerIndex(), headerLength);
        int length = new HeaderBlock(head).contentLength();
        if (length > limits.messageBytes() - headerLength) {
            throw SipFormatException.refused(413, "Message Beyond " + limits.messageBytes() + " Bytes", head);
        }
        return length;
    }

    private Frame message(ByteBuf in) {
        byte[] message = new byte[messageLength];
        in.readBytes(message);
        scanned = 0;
        lineStart = 0;
        headers = 0;
        messageLength = 0;
        justPinged = false;
        messages++;
        return Frame.message(message);
    }
}
