package org.pinhole.connector.proxyprotocol;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The binary header (proxy-protocol.txt 2.2):
 *
 * <pre>
 *   CR LF CR LF NUL CR LF Q U I T LF | version, command | family, protocol | length (2) | addresses | TLVs
 * </pre>
 *
 * The TLVs are skipped.
 */
final class VersionTwo {
    /** The length field allows 65551 bytes. Addresses need 232 at most, known TLVs some hundred; the rest is room. */
    static final int MAX_BYTES = 4096;

    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    private static final int FIXED_BYTES = SIGNATURE.length + 4;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;
    private static final int LAST_FAMILY = 3;
    private static final int LAST_PROTOCOL = 2;

    private VersionTwo() {}

    static @Nullable ProxyHeader parse(ByteBuf in) throws ProxyFormatException {
        int start = in.readerIndex();
        for (int i = 0; i < Math.min(SIGNATURE.length, in.readableBytes()); i++) {
            if (in.getByte(start + i) != SIGNATURE[i]) {
                throw new ProxyFormatException("no PROXY protocol header");
            }
        }
        if (in.readableBytes() < FIXED_BYTES) {
            return null;
        }
        int command = in.getUnsignedByte(start + SIGNATURE.length);
        int family = in.getUnsignedByte(start + SIGNATURE.length + 1);
        int length = in.getUnsignedShort(start + SIGNATURE.length + 2);
        requireKnown(command, family, length);
        if (in.readableBytes() < FIXED_BYTES + length) {
            return null;
        }
        InetSocketAddress source = command == LOCAL ? null : source(in, start + FIXED_BYTES, family);
        in.skipBytes(FIXED_BYTES + length);
        return source == null ? ProxyHeader.withoutSource() : ProxyHeader.of(source);
    }

    private static void requireKnown(int command, int family, int length) throws ProxyFormatException {
        if (command != LOCAL && command != PROXY) {
            throw new ProxyFormatException(hex("a PROXY header of unknown version or command", command));
        }
        if (family >> 4 > LAST_FAMILY || (family & 0xF) > LAST_PROTOCOL) {
            throw new ProxyFormatException(hex("a PROXY header of unknown family or protocol", family));
        }
        if (length > MAX_BYTES - FIXED_BYTES) {
            throw new ProxyFormatException("a PROXY header of " + length + " bytes");
        }
        boolean proxied = command == PROXY;
        if (proxied && ((family == TCP_OVER_IPV4 && length < 12) || (family == TCP_OVER_IPV6 && length < 36))) {
            throw new ProxyFormatException("a PROXY header too short for its addresses: " + length + " bytes");
        }
    }

    private static String hex(String what, int value) {
        return String.format(Locale.ROOT, "%s 0x%02X", what, value);
    }

    /** Source address, destination address, source port, destination port; null for what has no Internet address. */
    private static @Nullable InetSocketAddress source(ByteBuf in, int start, int family) {
        if (family != TCP_OVER_IPV4 && family != TCP_OVER_IPV6) {
            return null;
        }
        byte[] octets = new byte[family == TCP_OVER_IPV4 ? 4 : 16];
        in.getBytes(start, octets);
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(octets), in.getUnsignedShort(start + 2 * octets.length));
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength); // 4 and 16 are right
        }
    }
}
