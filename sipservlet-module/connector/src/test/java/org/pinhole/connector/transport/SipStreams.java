package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pinhole.connector.limit.MessageLimits;

/** Streams as they come in, and what the framer makes of them. One octet is one character. */
final class SipStreams {
    static final String PING = "\r\n\r\n";
    static final String OPTIONS = "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n";
    static final String MESSAGE = "MESSAGE sip:a@b SIP/2.0\r\nl :  6\r\n\r\nab\r\n\r\n";
    static final String FOLDED = "MESSAGE sip:a@b SIP/2.0\r\nContent-Length:\r\n 2\r\nSubject: x\r\n\r\nhi";
    static final String OK = "SIP/2.0 200 OK\r\nVia: x\r\n\r\n";
    /** All octets there are, so also CR LF CR LF, NUL and what is no UTF-8. */
    static final String BINARY = "MESSAGE sip:a@b SIP/2.0\r\nContent-Length: 260\r\n\r\n\r\n\r\n" + allOctets();

    /** Small, so that streams beyond them stay small; the streams of RFC 4475 fit in. */
    static final MessageLimits LIMITS = new MessageLimits(1300, 12_000, 20);

    private static final List<String> RFC_4475 = Arrays.asList(
            "wsinv", "dblreq", "clerr", "ncl", "lwsstart", "trws", "badvers", "mcl01", "intmeth", "noreason");

    private SipStreams() {}

    static Map<String, String> all() {
        Map<String, String> streams = new LinkedHashMap<>();
        streams.put("messages and pings", "\r\n" + OPTIONS + PING + MESSAGE + "\r\n" + FOLDED + PING + PING + OK);
        streams.put("pings first", PING + PING + PING + OPTIONS + PING);
        streams.put("stray line ends", "\r" + OPTIONS + "\n\r" + MESSAGE + "\r\r\n" + OK + "\n\n\n\n\r\n\r" + OPTIONS);
        streams.put("a body like a ping", MESSAGE + MESSAGE + PING + MESSAGE);
        streams.put("every octet in a body", BINARY + PING + BINARY + OPTIONS);
        streams.put("bare line feeds", "MESSAGE sip:a@b SIP/2.0\r\nSubject: x\n\r\nl: 1\r\n\r\nx" + OPTIONS);
        streams.put("http", OPTIONS + PING + "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        streams.put("tls in tls", PING + "\u0016\u0003\u0001\u0002\u0000\u0001");
        streams.put("proxy header", "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c");
        streams.put("junk", OPTIONS + "what is this?\r\n\r\n");
        for (String length : Arrays.asList("-1", "five", "", "5, 5", "0x5", "1\r\n 2", "+5", "99999999999999999999")) {
            streams.put("length " + length, OPTIONS + request("Content-Length: " + length) + "12345" + OPTIONS);
        }
        streams.put("equal lengths", request("l: 2\r\nContent-Length: 0002\r\nL:2") + "hi" + OPTIONS);
        streams.put("unequal lengths", request("Content-Length: 2\r\nl: 3") + "hi" + OPTIONS);
        streams.put("no length", request("Subject: none") + OPTIONS);
        streams.put("beyond the message cap", OPTIONS + request("Content-Length: 12000") + "hello");
        streams.put("beyond the header cap", OPTIONS + request("Subject: " + many("x", 1300)));
        streams.put("beyond the header cap in no line", "OPTIONS sip:" + many("x", 2000) + " SIP/2.0\r\n\r\n");
        streams.put("beyond the number of headers", OPTIONS + request(many("A: b\r\n", 20) + "l: 0"));
        streams.put("as many folds as one likes", request("A: b" + many("\r\n c", 60) + "\r\nl: 2") + "hi" + OPTIONS);
        for (String name : RFC_4475) {
            streams.put("RFC 4475 " + name, rfc4475(name) + OPTIONS);
        }
        return Collections.unmodifiableMap(streams);
    }

    /** A request that could be answered, with these header fields more. */
    static String request(String headers) {
        return "MESSAGE sip:a@b SIP/2.0\r\nv: SIP/2.0/TLS 10.1.2.3:5999;rport;branch=z9hG4bK1\r\nf: <sip:c@b>;tag=1\r\n"
                + "t: <sip:a@b>\r\ni: 1\r\nCSeq: 1 MESSAGE\r\n" + headers + "\r\n\r\n";
    }

    static String rfc4475(String name) {
        try (InputStream in = SipStreams.class.getResourceAsStream("rfc4475/" + name + ".dat")) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                all.write(next);
            }
            return new String(all.toByteArray(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What comes out: messages as they are, PING for each ping, and the refusal with what it would be answered. */
    static List<String> outcome(MessageLimits limits, byte[]... pieces) {
        SipFramer framer = new SipFramer(limits);
        ByteBuf buffer = Unpooled.buffer();
        List<String> outcome = new ArrayList<>();
        try {
            for (byte[] piece : pieces) {
                buffer.writeBytes(piece);
                for (Frame frame = framer.next(buffer); frame != null; frame = framer.next(buffer)) {
                    for (int i = 0; i < frame.pings(); i++) {
                        outcome.add("PING");
                    }
                    if (!frame.isPing()) {
                        outcome.add(new String(frame.bytes(), ISO_8859_1));
                    }
                }
            }
        } catch (SipFormatException refused) {
            outcome.add("REFUSED " + (refused.status() > 0 ? refused.status() : refused.kind()) + ' '
                    + refused.getMessage() + ' ' + new String(refused.head(), ISO_8859_1));
        }
        return outcome;
    }

    static List<String> outcome(String... pieces) {
        return outcome(LIMITS, Arrays.stream(pieces).map(SipStreams::bytes).toArray(byte[][]::new));
    }

    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static String many(String text, int times) {
        return String.join("", Collections.nCopies(times, text));
    }

    private static String allOctets() {
        StringBuilder all = new StringBuilder(256);
        for (char octet = 0; octet < 256; octet++) {
            all.append(octet);
        }
        return all.toString();
    }
}
