package org.pinhole.connector.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS side of an application's connectors while they live: certificates, authorities and ticket keys as their files
 * have them now. Any thread may choose; one refreshes. What is in force is never replaced by something broken, and never under a connection.
 */
@SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
public final class ServerTls {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

    private final TlsFiles files;
    private final SslProvider provider;
    private final ExpiryNotice expiry = new ExpiryNotice();
    private volatile InForce inForce;
    /** What the files were when they were last looked at, whether or not that was put in force. */
    private FileStamp seen;

    private FileStamp tried;
    private @Nullable String ticketFault;
    private @Nullable Date remindedOfFaults;

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
        if (provider == SslProvider.JDK) {
            LOG.warn(
                    "BoringSSL does not load here ({}), so the JDK's TLS is used: a server name such as host:443 is refused,"
                            + " handshakes cost more, and sessions are not resumed after a restart",
                    String.valueOf(OpenSsl.unavailabilityCause()));
        }
        FileStamp stamp = FileStamp.of(files.watched(now));
        ServerTls tls = new ServerTls(files, provider, load(files, provider, Collections.emptyList(), now), stamp);
        tls.remind(now);
        return tls;
    }

    private static InForce load(TlsFiles files, SslProvider provider, List<ServerIdentity> before, Date now)
            throws TlsFault {
        TicketKeys keys = files.ticketKeys(Instant.ofEpochMilli(now.getTime()));
        Showable showable = files.identities(now, before);
        List<ServerIdentity> identities = showable.identities();
        Map<ClientTrust, Map<ServerIdentity, SslContext>> byTrust = new LinkedHashMap<>();
        for (ClientTrust trust : files.trusts()) {
            TlsContexts contexts = new TlsContexts(provider, trust, trust.authorities(), keys);
            Map<ServerIdentity, SslContext> byIdentity = new LinkedHashMap<>();
            for (ServerIdentity identity : identities) {
                byIdentity.put(identity, contexts.of(identity));
            }
            byTrust.put(trust, byIdentity);
        }
        for (ServerIdentity identity : identities) {
            LOG.info("certificate {} in force: {}, for {}, valid until {}", new Object[] {
                identity.file(),
                identity.certificate().getSubjectX500Principal(),
                identity.names(),
                identity.certificate().getNotAfter()
            });
        }
        return new InForce(new Identities(identities), byTrust, keys, showable.warnings());
    }

    /**
     * The side of a connector that takes these phones' certificates.
     *
     * @throws IllegalArgumentException when it is none of those that this was opened for
     */
    public ConnectorTls asking(ClientTrust trust) {
        if (!files.trusts().contains(trust)) {
            throw new IllegalArgumentException("not opened for client certificates: " + trust);
        }
        return new ConnectorTls(this, trust);
    }

    SslContext choose(ClientTrust trust, ClientHello hello) {
        return inForce.choose(trust, hello);
    }

    /**
     * Looks at the files again, and makes new ticket keys when it is time. To be called every few seconds, by one thread at
     * a time. A change is acted on when it stands still, so that a pair is not read while only half of it is there.
     */
    public void refresh(Date now) {
        refreshFiles(now);
        refreshTicketKeys(now);
        remind(now);
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
            inForce = load(files, provider, inForce.identities.all(), now);
            remindedOfFaults = null;
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

    private void remind(Date now) {
        if (remindedOfFaults == null || now.getTime() - remindedOfFaults.getTime() >= DAY_MILLIS) {
            remindedOfFaults = now;
            inForce.warnings.forEach(LOG::warn);
        }
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
        private final Map<ClientTrust, Map<ServerIdentity, SslContext>> contexts;
        private final TicketKeys keys;
        /** What is wrong with files that are not in force; said once a day. */
        private final List<String> warnings;

        InForce(
                Identities identities,
                Map<ClientTrust, Map<ServerIdentity, SslContext>> contexts,
                TicketKeys keys,
                List<String> warnings) {
            this.warnings = warnings;
            this.identities = identities;
            this.contexts = contexts;
            this.keys = keys;
        }

        SslContext choose(ClientTrust trust, ClientHello hello) {
            Map<ServerIdentity, SslContext> byIdentity = Objects.requireNonNull(contexts.get(trust));
            return Objects.requireNonNull(byIdentity.get(identities.choose(hello)));
        }

        InForce with(TicketKeys newKeys) {
            for (Map<ServerIdentity, SslContext> byIdentity : contexts.values()) {
                byIdentity.values().forEach(context -> TlsContexts.rekey(context, newKeys));
            }
            return new InForce(identities, contexts, newKeys, warnings);
        }
    }
}
