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

    private TlsTermination(@Nullable TlsServer server) {
        this.server = server;
    }

    static TlsTermination none() {
        return new TlsTermination(null);
    }

    static TlsTermination of(TurnSettings settings, InstantSource clock) throws StartException {
        TicketKeyFile file = settings.ticketKeyFile();
        TicketKeys keys = file == null ? TicketKeys.fresh(clock.instant(), new SecureRandom()) : current(file);
        try {
            return new TlsTermination(
                    settings.identities().isEmpty() ? null : new TlsServer(settings.identities(), keys));
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
    void replace(TurnSettings next) throws StartException {
        TicketKeyFile file = next.ticketKeyFile();
        TicketKeys keys = file == null ? null : current(file);
        if (server == null || next.identities().isEmpty()) {
            return;
        }
        try {
            server.replace(next.identities());
        } catch (IOException e) {
            throw refused(e);
        }
        if (keys != null) {
            server.setTicketKeys(keys);
        }
    }

    /** Makes the next ticket key when the newest has sealed for long enough, or takes over the one that another made. */
    void renewTicketKeys(@Nullable TicketKeyFile file) {
        if (server != null && file != null) {
            try {
                server.setTicketKeys(file.current());
            } catch (IOException e) {
                LOG.warn("--tls-ticket-key-file {}; the keys stay as they are", e.getMessage());
            }
        }
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
