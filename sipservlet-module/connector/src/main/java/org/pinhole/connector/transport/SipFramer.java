package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.transport.SipFormatException.Answer;

/**
 * Cuts a SIP byte stream into messages and pings (RFC 3261 §18.3, RFC 5626 §4.4.1). Pure: reads the buffer it is given,
 * keeps only its place in the stream, and gives the same frames however the stream was cut into pieces.
 *
 * <p>Line ends before a start line are skipped as RFC 3261 §7.5 asks, and counted: two in a row are a ping. The count
 * belongs to the connection, survives reads, starts anew after each message and is charged to no budget.
 */
final class SipFramer {
    /** Longer header blocks are refused: no phone sends them, and the stack would hold them in memory. */
    static final int MAX_HEADER_BYTES = 16 * 1024;
    /** Longer messages are refused. */
    static final int MAX_MESSAGE_BYTES = 64 * 1024;

    private static final byte CR = '\r';
    private static final byte LF = '\n';

    /** How much of CR LF CR LF has been seen between messages. */
    private int pingProgress;
    /** How many bytes of the message at hand are known to hold no end of the header block. */
    private int scanned;
    /** Length of the whole message at hand, once its header block is complete; 0 before. */
    private int messageLength;

    private boolean startLineChecked;

    /**
     * The next frame, or null when more bytes are needed. Advances the reader index over what it has used up only.
     *
     * @throws SipFormatException when this is not SIP, or larger than is allowed
     */
    @Nullable
    Frame next(ByteBuf in) throws SipFormatException {
        if (scanned == 0 && messageLength == 0 && skipLineEnds(in)) {
            return Frame.PING;
        }
        if (!in.isReadable()) {
            return null;
        }
        if (messageLength == 0) {
            int headerLength = findHeaderEnd(in);
            if (headerLength < 0) {
                return null;
            }
            messageLength = headerLength + HeaderBlock.contentLength(in, headerLength);
            if (messageLength > MAX_MESSAGE_BYTES) {
                throw new SipFormatException(Answer.NONE, "message of " + messageLength + " bytes");
            }
        }
        if (in.readableBytes() < messageLength) {
            return null;
        }
        byte[] message = new byte[messageLength];
        in.readBytes(message);
        scanned = 0;
        messageLength = 0;
        startLineChecked = false;
        return Frame.message(message);
    }

    /** Skips CR and LF up to the first byte of a message; true as soon as a ping is complete. */
    private boolean skipLineEnds(ByteBuf in) {
        while (in.isReadable()) {
            byte next = in.getByte(in.readerIndex());
            if (next != CR && next != LF) {
                pingProgress = 0;
                return false;
            }
            in.skipBytes(1);
            boolean expected = next == (pingProgress % 2 == 0 ? CR : LF);
            if (expected) {
                pingProgress++;
            } else {
                pingProgress = next == CR ? 1 : 0;
            }
            if (pingProgress == 4) {
                pingProgress = 0;
                return true;
            }
        }
        return false;
    }

    /** Length of the header block with its blank line, or -1. */
    private int findHeaderEnd(ByteBuf in) throws SipFormatException {
        int start = in.readerIndex();
        int end = in.writerIndex();
        int from = start + Math.max(0, scanned - 3);
        for (int i = from; i < end; i++) {
            if (in.getByte(i) != LF || i == start || in.getByte(i - 1) != CR) {
                continue;
            }
            if (!startLineChecked) {
                HeaderBlock.requireSipStartLine(in, start, i - 1);
                startLineChecked = true;
            }
            if (i - start >= 3 && in.getByte(i - 2) == LF && in.getByte(i - 3) == CR) {
                int length = i + 1 - start;
                if (length > MAX_HEADER_BYTES) {
                    throw new SipFormatException(Answer.NONE, "header block of " + length + " bytes");
                }
                return length;
            }
        }
        scanned = end - start;
        if (scanned > MAX_HEADER_BYTES) {
            throw new SipFormatException(Answer.NONE, "no end of headers in " + scanned + " bytes");
        }
        if (!startLineChecked) {
            HeaderBlock.requirePlausibleStart(in, start, end);
        }
        return -1;
    }
}
