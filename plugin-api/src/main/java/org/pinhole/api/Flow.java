package org.pinhole.api;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
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

    /** What its TLS handshake agreed on; null where there is none to tell of. */
    default @Nullable TlsDetails tls() {
        return null;
    }

    /** When it opened; the epoch where the connector does not know. */
    default Instant openedAt() {
        return Instant.EPOCH;
    }

    /** When the phone last sent anything, a ping included; when the flow opened, if nothing came yet. */
    default Instant lastHeardAt() {
        return openedAt();
    }

    /**
     * How often the phone has agreed to ping (RFC 6223): the shortest interval of its registrations and dialogs, zero when
     * it was left to the phone, null when nothing was agreed.
     */
    default @Nullable Duration keep() {
        return null;
    }

    /** Whether the connection still stands. A true answer may be out of date by the time it is read. */
    boolean open();

    /**
     * A SIP URI that leads to this flow, such as {@code sip:TOKEN@192.0.2.1:443;transport=tls;lr}. To send over the flow,
     * push it as the request's Route (RFC 5626 §5.3): the request leaves here, whatever its Request-URI says, or is answered
     * 430 (Flow Failed); nobody ever dials out to the phone.
     *
     * <pre>
     * SipServletRequest message = factory.createRequest(session, "MESSAGE", from, to);
     * message.pushRoute((SipURI) factory.createURI(flow.uri()));
     * message.send();
     * </pre>
     */
    String uri();

    /** The effective {@code pinhole.*} settings of the connector, defaults filled in. Never changes. */
    Map<String, String> settings();

    /**
     * Who was authenticated on this flow first, in the words of whoever did it; null as long as nobody was, or whom it was
     * {@linkplain #letIn let in} as. pinhole.war says the address-of-record, such as {@code sip:alice@example.com}: users of two
     * realms may have one name. An edge before ours brings many users over one flow ({@link #isOfAnEdge}); who has sent a
     * request is the request's to say.
     */
    @Nullable
    String identity();

    /**
     * Whether no phone has opened it but an edge before ours, for all of its own: one that {@code pinhole.edge-sources} lists.
     */
    default boolean isOfAnEdge() {
        return false;
    }

    /**
     * Tells the connector that a request on this flow was authenticated. Where an application authenticates the phones,
     * a flow carries nothing but requests that start something (and so are challenged) until this was called.
     *
     * @param identity whom, for the log and for {@link #identity}
     */
    void authenticated(String identity);

    /**
     * Tells the connector to let in what belongs to a dialog although nobody was authenticated: a call for help is under way.
     * Who is authenticated later is who is on the flow.
     *
     * @param as who, for the log and for {@link #identity} until then
     */
    default void letIn(String as) {
        authenticated(as);
    }

    /**
     * Closes the connection after what is already queued has been written. Returns at once; closing twice does nothing.
     *
     * @param reason for the log, in a few words
     */
    void close(String reason);
}
