package org.pinhole.ue.sip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into messages, by Content-Length (RFC 3261 §18.3), and keep-alives, which stand only between
 * messages. The stream may be split at any octet. Not for more than one thread.
 */
public final class SipStreamFramer {
    /** Which of the two keep-alives can come: each side is sent only one of them. */
    public enum Side {
        /** The one that pings: every CRLF between messages is a pong. */
        UA,
        /** The one that is pinged: two CRLF in a row are a ping, a lone one is nothing (RFC 3261 §7.5). */
        EDGE
    }

    /** Far above any signalling; below it, a peer cannot fill our memory. */
    static final int HEAD_LIMIT = 64 * 1024;

    static final int BODY_LIMIT = 1024 * 1024;

    private final Side side;
    private byte[] held = new byte[0];
    private int crlfs;

    public SipStreamFramer(Side side) {
        this.side = side;
    }

    /** Takes what was read. */
    public void feed(byte[] octets, int offset, int length) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(held.length + length);
        joined.writeBytes(held);
        joined.write(octets, offset, length);
        held = joined.toByteArray();
    }

    /** Whether a part of a message is here and the rest is not. */
    public boolean insideMessage() {
        return held.length > 0 && held[0] != '\r' && held[0] != '\n';
    }

    /** The next frame, or null when more octets are needed. */
    @Nullable
    public SipFrame next() {
        while (held.length > 0 && !insideMessage()) {
            if (held[0] == '\r' && held.length == 1) {
                return null;
            }
            boolean crlf = held[0] == '\r' && held[1] == '\n';
            drop(crlf ? 2 : 1);
            SipFrame keepAlive = crlf ? keepAlive() : null;
            if (keepAlive != null) {
                return keepAlive;
            }
        }
        return held.length == 0 ? null : message();
    }

    private @Nullable SipFrame keepAlive() {
        if (side == Side.UA) {
            return new SipFrame.Pong();
        }
        crlfs++;
        if (crlfs < 2) {
            return null;
        }
        crlfs = 0;
        return new SipFrame.Ping();
    }

    private @Nullable SipFrame message() {
        crlfs = 0;
        String text = new String(held, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end > HEAD_LIMIT || (end < 0 && held.length > HEAD_LIMIT)) {
            throw new SipFormatException("head of more than " + HEAD_LIMIT + " octets");
        }
        if (end < 0) {
            return null;
        }
        int length = end + 4 + contentLength(SipParser.parseHead(text.substring(0, end)));
        if (held.length < length) {
            return null;
        }
        byte[] octets = new byte[length];
        System.arraycopy(held, 0, octets, 0, length);
        drop(length);
        return new SipFrame.Message(SipParser.parse(octets), new String(octets, StandardCharsets.UTF_8));
    }

    private static int contentLength(SipMessage head) {
        String value = head.headers().find("Content-Length");
        if (value == null) {
            throw new SipFormatException("no Content-Length, which a stream needs, in " + head.startLine());
        }
        if (!value.matches("[0-9]{1,7}") || Integer.parseInt(value) > BODY_LIMIT) {
            throw new SipFormatException("Content-Length " + value + " is not within 0-" + BODY_LIMIT);
        }
        return Integer.parseInt(value);
    }

    private void drop(int count) {
        byte[] rest = new byte[held.length - count];
        System.arraycopy(held, count, rest, 0, rest.length);
        held = rest;
    }
}
