package org.pinhole.connector.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS side of a connector while it lives: certificates, authorities and ticket keys as their files have them now. Any
 * thread may choose; one refreshes. What is in force is never replaced by something broken, and never under a connection.
 */
@SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
public final class ServerTls {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    private final TlsFiles files;
    private final SslProvider provider;
    private final ExpiryNotice expiry = new ExpiryNotice();
    private volatile InForce inForce;
    /** What the files were when they were last looked at, whether or not that was put in force. */
    private FileStamp seen;

    private FileStamp tried;
    private @Nullable String ticketFault;

    private ServerTls(TlsFiles files, SslProvider provider, InForce inForce, FileStamp stamp) {
        this.files = files;
        this.provider = provider;
        this.inForce = inForce;
        this.seen = stamp;
        this.tried = stamp;
    }

    /**
     * Reads everything and says in the log what is in force.
     *
     * @throws TlsFault when anything is wrong with a file, naming it
     */
    public static ServerTls open(TlsFiles files, Date now) throws TlsFault {
        return open(files, TlsContexts.bestProvider(), now);
    }

    static ServerTls open(TlsFiles files, SslProvider provider, Date now) throws TlsFault {
        FileStamp stamp = FileStamp.of(files.watched(now));
        ServerTls tls = new ServerTls(files, provider, load(files, provider, now), stamp);
        tls.remindOfExpiry(now);
        return tls;
    }

    private static InForce load(TlsFiles files, SslProvider provider, Date now) throws TlsFault {
        TicketKeys keys = files.ticketKeys(Instant.ofEpochMilli(now.getTime()));
        TlsContexts contexts =
                new TlsContexts(provider, files.trust(), files.trust().authorities(), keys);
        List<ServerIdentity> identities = files.identities(now);
        Map<ServerIdentity, SslContext> byIdentity = new LinkedHashMap<>();
        for (ServerIdentity identity : identities) {
            byIdentity.put(identity, contexts.of(identity));
        }
        for (ServerIdentity identity : identities) {
            LOG.info("certificate {} in force: {}, for {}, valid until {}", new Object[] {
                identity.file(),
                identity.certificate().getSubjectX500Principal(),
                identity.names(),
                identity.certificate().getNotAfter()
            });
        }
        return new InForce(new Identities(identities), byIdentity, keys);
    }

    /** The context for a client that says this; null when what it says is unknown. Never fails. */
    public SslContext choose(@Nullable ClientHello hello) {
        return inForce.choose(hello == null ? ClientHello.SILENT : hello);
    }

    /**
     * Looks at the files again, and makes new ticket keys when it is time. To be called every few seconds, by one thread at
     * a time. A change is acted on when it stands still, so that a pair is not read while only half of it is there.
     */
    public void refresh(Date now) {
        refreshFiles(now);
        refreshTicketKeys(now);
        remindOfExpiry(now);
    }

    private void refreshFiles(Date now) {
        FileStamp stamp;
        try {
            stamp = FileStamp.of(files.watched(now));
        } catch (TlsFault unreadable) {
            stamp = FileStamp.of(unreadable);
        }
        boolean still = stamp.equals(seen);
        seen = stamp;
        if (!still || stamp.equals(tried)) {
            return;
        }
        tried = stamp;
        try {
            inForce = load(files, provider, now);
        } catch (TlsFault broken) {
            LOG.warn("{}. What was in force before stays so.", broken.getMessage());
        }
    }

    private void refreshTicketKeys(Date now) {
        InForce present = inForce;
        try {
            TicketKeys keys = files.ticketKeys(Instant.ofEpochMilli(now.getTime()));
            ticketFault = null;
            if (!keys.text().equals(present.keys.text())) {
                inForce = present.with(keys);
            }
        } catch (TlsFault broken) {
            if (!Objects.equals(broken.getMessage(), ticketFault)) {
                LOG.warn("{}. The keys in force stay so.", broken.getMessage());
            }
            ticketFault = broken.getMessage();
        }
    }

    private void remindOfExpiry(Date now) {
        for (ServerIdentity identity : inForce.identities.all()) {
            String line = expiry.dueLine(identity, now);
            if (line != null) {
                LOG.warn(line);
            }
        }
    }

    /** One state of the files, ready for use. Immutable, but for the keys inside the contexts. */
    private static final class InForce {
        private final Identities identities;
        private final Map<ServerIdentity, SslContext> contexts;
        private final TicketKeys keys;

        InForce(Identities identities, Map<ServerIdentity, SslContext> contexts, TicketKeys keys) {
            this.identities = identities;
            this.contexts = contexts;
            this.keys = keys;
        }

        SslContext choose(ClientHello hello) {
            return Objects.requireNonNull(contexts.get(identities.choose(hello)));
        }

        InForce with(TicketKeys newKeys) {
            for (SslContext context : new ArrayList<>(contexts.values())) {
                TlsContexts.rekey(context, newKeys);
            }
            return new InForce(identities, contexts, newKeys);
        }
    }
}
