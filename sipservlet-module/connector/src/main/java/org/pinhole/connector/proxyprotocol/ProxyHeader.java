package org.pinhole.connector.proxyprotocol;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One PROXY protocol header: for whom the proxy speaks. Immutable. */
public final class ProxyHeader {
    private final @Nullable InetSocketAddress source;

    private ProxyHeader(@Nullable InetSocketAddress source) {
        this.source = source;
    }

    /** The proxy speaks for whoever has this address. */
    static ProxyHeader of(InetSocketAddress source) {
        return new ProxyHeader(source);
    }

    /** The proxy speaks for itself, or for somebody without an Internet address. */
    static ProxyHeader withoutSource() {
        return new ProxyHeader(null);
    }

    /**
     * Reads the header that a connection begins with, and consumes it and nothing else. Null, and nothing consumed, while
     * more bytes are needed; that never takes more than {@link VersionTwo#MAX_BYTES}.
     *
     * @throws ProxyFormatException as soon as it can be no header
     */
    public static @Nullable ProxyHeader parse(ByteBuf in) throws ProxyFormatException {
        if (!in.isReadable()) {
            return null;
        }
        return in.getByte(in.readerIndex()) == 'P' ? VersionOne.parse(in) : VersionTwo.parse(in);
    }

    /** The true source; null when it is the connection's own. */
    public @Nullable InetSocketAddress source() {
        return source;
    }
}
