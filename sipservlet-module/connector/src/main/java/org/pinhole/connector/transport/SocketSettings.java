package org.pinhole.connector.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import java.util.Map;

/** How a connector treats the sockets of its connections: what may wait to be written, and how a dead peer shows. */
final class SocketSettings {
    /** After so many probes without an answer the peer is dead. */
    private static final int PROBES = 4;
    /** Strangers are sent challenges, refusals and pongs. */
    private static final int STRANGERS_QUEUE_BYTES = 64 * 1024;
    /** The longest message; much more waits where it is counted and timed, and where a peer that does not read is seen. */
    private static final long KERNELS_QUEUE_BYTES = 64 * 1024;
    /** Buffers that are filled before other connections have their turn: what Netty gives an allocator of a channel's own. */
    private static final int READS_AT_ONCE = 16;

    private final int writeQueueBytes;
    private final int writeQueueSeconds;
    private final int userTimeoutSeconds;
    private final int keepAliveSeconds;
    private final WriteBufferWaterMark ofWhoIsKnown;

    private SocketSettings(Map<String, String> settings) {
        this.writeQueueBytes = number(settings, "pinhole.limits.write-queue-bytes", 1024 * 1024);
        this.ofWhoIsKnown = mark(writeQueueBytes);
        this.writeQueueSeconds = number(settings, "pinhole.limits.write-queue-seconds", 10);
        this.userTimeoutSeconds = number(settings, "pinhole.tcp.user-timeout-seconds", 25);
        this.keepAliveSeconds = number(settings, "pinhole.tcp.keep-alive-seconds", 120);
    }

    /** Out of the effective settings, which have been checked. */
    static SocketSettings of(Map<String, String> settings) {
        return new SocketSettings(settings);
    }

    private static int number(Map<String, String> settings, String key, int otherwise) {
        String value = settings.get(key);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /** How long what is written to a phone may wait before it counts as not reading. */
    int writeQueueSeconds() {
        return writeQueueSeconds;
    }

    /**
     * Sets the options of accepted sockets. TCP keep-alive finds a peer that is gone while nothing is sent; the user timeout
     * (RFC 5482) one that is gone while something is. Both in full on native epoll only; NIO has the system's own times.
     */
    void applyTo(ServerBootstrap bootstrap, boolean epoll) {
        bootstrap
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK, mark(Math.min(writeQueueBytes, STRANGERS_QUEUE_BYTES)))
                .childOption(
                        ChannelOption.RCVBUF_ALLOCATOR, // else one for each
                        new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(READS_AT_ONCE))
                .childOption(ChannelOption.SO_KEEPALIVE, keepAliveSeconds > 0);
        if (epoll) { // beyond what is on its way: else the kernel takes megabytes that the peer does not read
            bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, KERNELS_QUEUE_BYTES);
        }
        if (epoll && keepAliveSeconds > 0) {
            bootstrap
                    .childOption(EpollChannelOption.TCP_KEEPIDLE, keepAliveSeconds)
                    .childOption(EpollChannelOption.TCP_KEEPINTVL, Math.max(1, keepAliveSeconds / PROBES))
                    .childOption(EpollChannelOption.TCP_KEEPCNT, PROBES);
        }
        if (epoll && userTimeoutSeconds > 0) {
            bootstrap.childOption(EpollChannelOption.TCP_USER_TIMEOUT, userTimeoutSeconds * 1000);
        }
    }

    /** Somebody is known on the connection: as much as was set may wait for him. Any thread. */
    void known(Channel connection) {
        connection.config().setWriteBufferWaterMark(ofWhoIsKnown);
    }

    private static WriteBufferWaterMark mark(int bytes) {
        return new WriteBufferWaterMark(bytes / 2, bytes);
    }
}
