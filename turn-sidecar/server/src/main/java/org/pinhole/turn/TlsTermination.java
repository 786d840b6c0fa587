package org.pinhole.turn;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.tls.TicketCounts;
import org.pinhole.turn.tls.TicketKeyFile;
import org.pinhole.turn.tls.TicketKeys;
import org.pinhole.turn.tls.TlsServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificates and ticket keys in use, and how others take their place; without a certificate there is no TLS. */
final class TlsTermination {
    private static final Logger LOG = LoggerFactory.getLogger(TlsTermination.class);

    private final @Nullable TlsServer server;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private TicketKeys keys;

    private TlsTermination(@Nullable TlsServer server, TicketKeys keys, InstantSource clock) {
        this.server = server;
        this.keys = keys;
        this.clock = clock;
    }

    static TlsTermination none(InstantSource clock) {
        return new TlsTermination(null, TicketKeys.fresh(clock.instant(), new SecureRandom()), clock);
    }

    static TlsTermination of(TurnSettings settings, InstantSource clock) throws StartException {
        TicketKeyFile file = settings.ticketKeyFile();
        TicketKeys keys = file == null ? TicketKeys.fresh(clock.instant(), new SecureRandom()) : current(file);
        try {
            TlsServer server = settings.identities().isEmpty() ? null : new TlsServer(settings.identities(), keys);
            return new TlsTermination(server, keys, clock);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /** What a TLS listener needs. */
    @Nullable
    TlsServer server() {
        return server;
    }

    /** Serves these certificates and keys from now on, or fails and goes on with what there is. */
    synchronized void replace(TurnSettings next) throws StartException {
        TicketKeyFile file = next.ticketKeyFile();
        TicketKeys nextKeys = file == null ? keys : current(file);
        if (server == null || next.identities().isEmpty()) {
            return;
        }
        try {
            server.replace(next.identities());
        } catch (IOException e) {
            throw refused(e);
        }
        use(server, nextKeys);
    }

    /**
     * Makes the next ticket key when the newest has sealed for long enough, or takes over the one that another made. Without
     * a file the keys are this process's own.
     */
    synchronized void renewTicketKeys(@Nullable TicketKeyFile file) {
        if (server != null) {
            try {
                use(server, file == null ? keys.current(clock.instant(), random) : file.current());
            } catch (IOException e) {
                LOG.warn("--tls-ticket-key-file {}; the keys stay as they are", e.getMessage());
            }
        }
    }

    private void use(TlsServer running, TicketKeys next) {
        keys = next;
        running.setTicketKeys(next);
    }

    /** What happened to session tickets. */
    TicketCounts ticketCounts() {
        return server == null ? TicketCounts.NONE : server.ticketCounts();
    }

    private static TicketKeys current(TicketKeyFile file) throws StartException {
        try {
            return file.current();
        } catch (IOException e) {
            throw new StartException("--tls-ticket-key-file " + e.getMessage(), e);
        }
    }

    private static StartException refused(IOException e) {
        return new StartException("--certificate-file: TLS refuses it: " + e.getMessage(), e);
    }
}
