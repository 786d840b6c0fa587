package org.pinhole.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * What a phone reads of a response; none that is asked for here has a body.
 *
 * @param length in bytes, the blank line included
 * @param status the status code
 * @param slot the Call-ID that the request was sent under, 0 when there is no telling
 */
record ResponseHead(int length, int status, int slot) {
    private static final AsciiString END = AsciiString.of("\r\n\r\n");
    private static final AsciiString CALL_ID = AsciiString.of("\r\nCall-ID: u");
    private static final int STATUS_AT = "SIP/2.0 ".length();

    /** The one that the buffer begins with, or null when there is more to come. Does not move the reader index. */
    static @Nullable ResponseHead find(ByteBuf in) {
        int start = in.readerIndex();
        int end = indexOf(in, END, start);
        if (end < 0) {
            return null;
        }
        int status = Integer.parseInt(in.toString(start + STATUS_AT, 3, US_ASCII));
        return new ResponseHead(end + END.length() - start, status, slot(in, start, end));
    }

    /** Call-IDs read uNUMBERxSLOT@bench. */
    private static int slot(ByteBuf in, int start, int end) {
        int at = indexOf(in, CALL_ID, start);
        if (at < 0 || at > end) {
            return 0;
        }
        int slot = 0;
        boolean inSlot = false;
        for (int i = at + CALL_ID.length(); i < end; i++) {
            byte next = in.getByte(i);
            if (next == '@') {
                return slot;
            }
            if (next == 'x') {
                inSlot = true;
            } else if (inSlot) {
                slot = slot * 10 + next - '0';
            }
        }
        return 0;
    }

    private static int indexOf(ByteBuf in, AsciiString wanted, int from) {
        byte first = wanted.byteAt(0);
        int last = in.writerIndex() - wanted.length();
        for (int i = in.indexOf(from, in.writerIndex(), first);
                i >= 0 && i <= last;
                i = in.indexOf(i + 1, in.writerIndex(), first)) {
            int matched = 1;
            while (matched < wanted.length() && in.getByte(i + matched) == wanted.byteAt(matched)) {
                matched++;
            }
            if (matched == wanted.length()) {
                return i;
            }
        }
        return -1;
    }
}
