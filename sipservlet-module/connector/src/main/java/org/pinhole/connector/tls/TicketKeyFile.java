package org.pinhole.connector.tls;

import java.io.File;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.pinhole.connector.file.FileFault;
import org.pinhole.connector.file.RotatingKeyFile;

/** Ticket keys in a file, so that sessions are resumed after a restart. All connectors share it. */
public final class TicketKeyFile {
    static final String TICKET_KEYS_FILE = "pinhole.tls.ticket-keys-file";

    private static final RotatingKeyFile.Kind<TicketKeys> KIND = new RotatingKeyFile.Kind<>(
            TICKET_KEYS_FILE,
            "ticket keys",
            "phones make one full TLS handshake",
            TicketKeys::fresh,
            TicketKeys::parse);

    private final RotatingKeyFile<TicketKeys> file;

    /**
     * Nothing is read or made yet.
     *
     * @param rotation after how long a new key seals
     */
    public TicketKeyFile(File file, Duration rotation, SecureRandom random) {
        this.file = new RotatingKeyFile<>(KIND, file, rotation, random);
    }

    /**
     * The keys as they are to be used now, made or rotated when it is time.
     *
     * @throws TlsFault when the file is something else, or cannot be read or written
     */
    TicketKeys current(Instant now) throws TlsFault {
        try {
            return file.current(now);
        } catch (FileFault fault) {
            throw new TlsFault(String.valueOf(fault.getMessage()), fault);
        }
    }
}
