package org.pinhole.turn.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The TLS side of every listener: which context serves a name, now. Connections ask on their event loops; identities and
 * ticket keys are replaced from one other thread at a time, and whoever is connected stays as he is.
 */
public final class TlsServer {
    private record Serving(List<SslContext> contexts, ServerNames<SslContext> byName) {}

    private volatile Serving serving;
    private TicketKeys ticketKeys;
    private List<SslContext> retired = List.of();
    private TicketCounts before = TicketCounts.NONE;

    public TlsServer(List<Identity> identities, TicketKeys ticketKeys) throws SSLException {
        this.ticketKeys = ticketKeys;
        this.serving = build(identities, ticketKeys);
    }

    /** What carries TLS here: BoringSSL if its native library runs, else the JDK's engine. */
    public static String providerName() {
        return OpenSsl.isAvailable() ? "BoringSSL" : "the JDK's TLS";
    }

    /** The context for the name of a ClientHello, or for none. */
    public SslContext find(@Nullable String serverName) {
        return serving.byName().find(serverName);
    }

    /** Serves these from the next connection on; refused identities leave everything as it was. */
    public synchronized void replace(List<Identity> identities) throws SSLException {
        Serving next = build(identities, ticketKeys);
        // A connection may be between asking and using: what is replaced now is let go with the next replacement.
        before = before.plus(TicketCounts.of(retired));
        retired.forEach(ReferenceCountUtil::release);
        retired = serving.contexts();
        serving = next;
    }

    /** Seals with the newest of these from now on. */
    public synchronized void setTicketKeys(TicketKeys keys) {
        if (!keys.equals(ticketKeys)) {
            ticketKeys = keys;
            serving.contexts().forEach(context -> TlsContexts.setTicketKeys(context, keys));
        }
    }

    /** What happened to tickets since the start. */
    public synchronized TicketCounts ticketCounts() {
        return before.plus(TicketCounts.of(retired)).plus(TicketCounts.of(serving.contexts()));
    }

    private static Serving build(List<Identity> identities, TicketKeys keys) throws SSLException {
        List<SslContext> contexts = new ArrayList<>();
        List<Map.Entry<Set<String>, SslContext>> named = new ArrayList<>();
        try {
            for (Identity identity : identities) {
                SslContext context = TlsContexts.forServer(identity, keys);
                contexts.add(context);
                named.add(Map.entry(identity.names(), context));
            }
        } catch (SSLException e) {
            contexts.forEach(ReferenceCountUtil::release);
            throw e;
        }
        return new Serving(List.copyOf(contexts), new ServerNames<>(named));
    }
}
