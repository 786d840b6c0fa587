package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The value format of every address attribute, plain and XOR-ed (RFC 8489 §14.1, §14.2). */
final class Addresses {
    private Addresses() {}

    static InetSocketAddress read(String name, ByteBuf value) {
        return decode(name, value, 0, new byte[16]);
    }

    static InetSocketAddress readXor(String name, ByteBuf value, TransactionId id) {
        return decode(name, value, StunMessage.MAGIC_COOKIE >>> 16, mask(id));
    }

    static void write(ByteBuf out, InetSocketAddress address) {
        encode(out, address, 0, new byte[16]);
    }

    static void writeXor(ByteBuf out, InetSocketAddress address, TransactionId id) {
        encode(out, address, StunMessage.MAGIC_COOKIE >>> 16, mask(id));
    }

    private static InetSocketAddress decode(String name, ByteBuf value, int portMask, byte[] mask) {
        if (value.readableBytes() < 4) {
            throw StunException.badRequest("%s is too short".formatted(name));
        }
        int family = value.getUnsignedByte(value.readerIndex() + 1);
        int bytes = bytesOf(name, family);
        AttributeType.requireLength(name, value, 4 + bytes);
        int port = value.getUnsignedShort(value.readerIndex() + 2) ^ portMask;
        byte[] address = new byte[bytes];
        value.getBytes(value.readerIndex() + 4, address);
        xor(address, mask);
        return new InetSocketAddress(inetAddress(address), port);
    }

    private static void encode(ByteBuf out, InetSocketAddress socket, int portMask, byte[] mask) {
        byte[] address = socket.getAddress().getAddress();
        xor(address, mask);
        out.writeByte(0).writeByte(address.length == 4 ? AddressFamily.IPV4 : AddressFamily.IPV6);
        out.writeShort(socket.getPort() ^ portMask).writeBytes(address);
    }

    private static int bytesOf(String name, int family) {
        return switch (family) {
            case AddressFamily.IPV4 -> 4;
            case AddressFamily.IPV6 -> 16;
            default -> throw new StunException(440, "%s has the unknown address family %d".formatted(name, family));
        };
    }

    private static byte[] mask(TransactionId id) {
        return java.nio.ByteBuffer.allocate(16)
                .putInt(StunMessage.MAGIC_COOKIE)
                .putInt(id.high())
                .putLong(id.low())
                .array();
    }

    private static void xor(byte[] address, byte[] mask) {
        for (int i = 0; i < address.length; i++) {
            address[i] ^= mask[i];
        }
    }

    /** Note that the JDK turns a v4-mapped IPv6 address into an IPv4 one here; peer policy counts on that. */
    private static InetAddress inetAddress(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are always an address", e);
        }
    }
}
