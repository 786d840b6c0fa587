package org.pinhole.connector.proxyprotocol;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header as one line of text (proxy-protocol.txt 2.1). */
final class VersionOne {
    /** The longest line that there can be, with its CRLF. */
    static final int MAX_BYTES = 107;

    private static final String PREFIX = "PROXY ";
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}"); // no zone, no brackets
    private static final Pattern PORT = Pattern.compile("0|[1-9]\\d{0,4}");

    private VersionOne() {}

    static @Nullable ProxyHeader parse(ByteBuf in) throws ProxyFormatException {
        int available = Math.min(in.readableBytes(), MAX_BYTES);
        String text = in.toString(in.readerIndex(), available, StandardCharsets.ISO_8859_1);
        int compared = Math.min(text.length(), PREFIX.length());
        if (!text.startsWith(PREFIX.substring(0, compared))) {
            throw new ProxyFormatException("no PROXY protocol header");
        }
        int end = text.indexOf("\r\n");
        if (end < 0) {
            if (available == MAX_BYTES) {
                throw new ProxyFormatException("a PROXY line without an end in " + MAX_BYTES + " bytes");
            }
            return null;
        }
        ProxyHeader header = line(text.substring(0, end));
        in.skipBytes(end + 2);
        return header;
    }

    private static ProxyHeader line(String line) throws ProxyFormatException {
        String[] words = line.split(" ", -1);
        if (words[1].equals("UNKNOWN")) {
            return ProxyHeader.withoutSource(); // whatever follows is to be ignored
        }
        boolean v4 = words[1].equals("TCP4");
        if (words.length != 6 || !(v4 || words[1].equals("TCP6"))) {
            throw new ProxyFormatException("a PROXY line that is none of TCP4, TCP6 and UNKNOWN");
        }
        requireAddress(words[3], v4); // the destination is not used, but must be one
        requirePort(words[5]);
        return ProxyHeader.of(new InetSocketAddress(requireAddress(words[2], v4), requirePort(words[4])));
    }

    private static InetAddress requireAddress(String word, boolean v4) throws ProxyFormatException {
        byte[] octets =
                (v4 ? IPV4 : IPV6).matcher(word).matches() ? NetUtil.createByteArrayFromIpAddressString(word) : null;
        if (octets == null) {
            throw new ProxyFormatException("a PROXY line with a wrong address");
        }
        try {
            return InetAddress.getByAddress(octets); // by name, the resolver is asked about what cannot be read
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength); // 4 and 16 are right
        }
    }

    private static int requirePort(String word) throws ProxyFormatException {
        if (!PORT.matcher(word).matches() || Integer.parseInt(word) > 65_535) {
            throw new ProxyFormatException("a PROXY line with a wrong port");
        }
        return Integer.parseInt(word);
    }
}
