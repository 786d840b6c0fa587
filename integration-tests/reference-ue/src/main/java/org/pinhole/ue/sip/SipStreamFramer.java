package org.pinhole.ue.sip;

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
    private final HeldOctets held = new HeldOctets();
    private int crlfs;
    /** How much of a head was looked at in vain. */
    private int searched;
    /** How many octets the message has whose head is there; 0 while it is not. */
    private int needed;

    public SipStreamFramer(Side side) {
        this.side = side;
    }

    /** Takes what was read. */
    public void feed(byte[] octets, int offset, int length) {
        held.add(octets, offset, length);
    }

    /** Whether a part of a message is here and the rest is not. */
    public boolean insideMessage() {
        return held.size() > 0 && held.at(0) != '\r' && held.at(0) != '\n';
    }

    /** The next frame, or null when more octets are needed. */
    @Nullable
    public SipFrame next() {
        while (held.size() > 0 && !insideMessage()) {
            if (held.at(0) == '\r' && held.size() == 1) {
                return null;
            }
            boolean crlf = held.at(0) == '\r' && held.at(1) == '\n';
            held.drop(crlf ? 2 : 1);
            SipFrame keepAlive = crlf ? keepAlive() : null;
            if (keepAlive != null) {
                return keepAlive;
            }
        }
        return held.size() == 0 ? null : message();
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
        if (needed == 0 && !headIsWhole()) {
            return null;
        }
        if (held.size() < needed) {
            return null;
        }
        byte[] octets = held.first(needed);
        held.drop(needed);
        needed = 0;
        searched = 0;
        return new SipFrame.Message(SipParser.parse(octets), new String(octets, StandardCharsets.UTF_8));
    }

    /** Looks at each octet once, and learns how many the whole message has. */
    private boolean headIsWhole() {
        int end = held.headEnd(searched - 3);
        if (end > HEAD_LIMIT || (end < 0 && held.size() > HEAD_LIMIT)) {
            throw new SipFormatException("head of more than " + HEAD_LIMIT + " octets");
        }
        if (end < 0) {
            searched = held.size();
            return false;
        }
        String head = new String(held.first(end), StandardCharsets.ISO_8859_1);
        needed = end + 4 + contentLength(SipParser.parseHead(head));
        return true;
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
}
