package org.pinhole.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/** Makes phones. One TLS suite for all, so that ciphers do not decide what is measured. */
public final class Phones implements AutoCloseable {
    private static final int HANDSHAKE_SECONDS = 60;

    private final EventLoopGroup loops;
    private final SslContext tls;
    private final boolean resume;
    private final int sources;
    private final AtomicInteger numbers = new AtomicInteger();

    /** Phones that each have an address of their own. */
    public Phones(Path trusted, int threads, boolean resume) throws SSLException {
        this(trusted, threads, resume, Integer.MAX_VALUE);
    }

    /**
     * Phones that trust one certificate.
     *
     * @param threads event loops; measuring phones get one of their own, away from those that make the noise
     * @param resume whether a phone resumes the session of an earlier one, or always makes the full handshake
     * @param sources how many addresses all of them come from
     */
    public Phones(Path trusted, int threads, boolean resume, int sources) throws SSLException {
        this.sources = sources;
        this.resume = resume;
        loops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("phones", true), EpollIoHandler.newFactory());
        tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .ciphers(List.of("TLS_AES_128_GCM_SHA256"))
                .trustManager(trusted.toFile())
                .endpointIdentificationAlgorithm(null) // the one certificate is trusted, whatever its name
                .sessionCacheSize(100_000)
                .build();
    }

    /** Connects one that has not been there yet; the events tell how that ends. */
    public Phone connect(InetSocketAddress server, int outstanding, PhoneEvents events) {
        return connect(numbers.getAndIncrement(), server, outstanding, events);
    }

    /** Connects the one of this number, whose user and address are the same each time. */
    public Phone connect(int number, InetSocketAddress server, int outstanding, PhoneEvents events) {
        Phone phone = new Phone(number, outstanding, events);
        new Bootstrap()
                .group(loops)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 60_000)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SslHandler handler = newHandler(channel, server);
                        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
                        channel.pipeline().addLast(handler).addLast(phone);
                    }
                })
                .connect(server, SourceAddresses.of(number % sources))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        phone.failed(connected.cause());
                    }
                });
        return phone;
    }

    /** Runs something on one of the phones' threads after a while. */
    public void later(long millis, Runnable what) {
        Objects.requireNonNull(loops.next().schedule(what, millis, TimeUnit.MILLISECONDS));
    }

    /** Sessions are remembered by the peer's name; without a name there is nothing to resume. */
    private SslHandler newHandler(Channel channel, InetSocketAddress server) {
        return resume
                ? tls.newHandler(channel.alloc(), server.getAddress().getHostAddress(), server.getPort())
                : tls.newHandler(channel.alloc());
    }

    /** Closes every phone. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }
}
