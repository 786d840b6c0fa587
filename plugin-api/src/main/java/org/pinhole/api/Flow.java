package org.pinhole.api;

import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection from a phone to a Pinhole connector: the bidirectional path of RFC 5626 §2. Safe for any thread.
 *
 * <p>A flow is open from the end of its TLS handshake, if it has one, until its connection ends; it never opens again.
 */
public interface Flow {
    /** The short name under which the log speaks of this flow, such as {@code 7f3a09c2}. Not a secret, not a token. */
    String id();

    /** The name of this flow in URIs. */
    FlowToken token();

    /** How SIP travels on it. */
    Transport transport();

    /** The connector's own address on this connection. */
    InetSocketAddress localAddress();

    /** The phone's address as this host sees it (behind a PROXY protocol front: as that front saw it). */
    InetSocketAddress remoteAddress();

    /** The server name that the client asked for in its TLS handshake (SNI), or null when it named none or there is no TLS. */
    @Nullable
    String serverName();

    /** Whether the connection still stands. A true answer may be out of date by the time it is read. */
    boolean open();

    /**
     * A SIP URI that leads to this flow, such as {@code sip:TOKEN@192.0.2.1:443;transport=tls;lr}: put it into a Route
     * (RFC 5626 §5.3) and the request leaves here or fails; nobody ever dials out to the phone.
     */
    String uri();

    /** The effective {@code pinhole.*} settings of the connector, defaults filled in. Never changes. */
    Map<String, String> settings();

    /** Who was authenticated on this flow, in the words of whoever did it; null as long as nobody was. */
    @Nullable
    String identity();

    /**
     * Tells the connector that a request on this flow was authenticated. Where an application authenticates the phones,
     * a flow carries nothing but requests that start something (and so are challenged) until this was called.
     *
     * @param identity whom, for the log and for {@link #identity}
     */
    void authenticated(String identity);

    /**
     * Closes the connection after what is already queued has been written. Returns at once; closing twice does nothing.
     *
     * @param reason for the log, in a few words
     */
    void close(String reason);
}
