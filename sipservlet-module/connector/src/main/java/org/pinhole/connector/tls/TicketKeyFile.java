package org.pinhole.connector.tls;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ticket keys in a file that only its owner may use, so that sessions are resumed after a restart. All connectors share it;
 * whoever first sees that the keys are due writes new ones, the others read them. What is no file of ticket keys is never
 * overwritten; keys that others could have read are never used.
 */
public final class TicketKeyFile {
    static final String TICKET_KEYS_FILE = "pinhole.tls.ticket-keys-file";

    private static final Logger LOG = LoggerFactory.getLogger(TicketKeyFile.class);
    /** Read, decide, write is one step for all connectors of this JVM. */
    private static final Object LOCK = new Object();

    private final Path file;
    private final Duration rotation;
    private final SecureRandom random;

    /**
     * Nothing is read or made yet.
     *
     * @param rotation after how long a new key seals
     */
    public TicketKeyFile(File file, Duration rotation, SecureRandom random) {
        this.file = file.toPath().toAbsolutePath();
        this.rotation = rotation;
        this.random = random;
    }

    /**
     * The keys as they are to be used now, made or rotated when it is time.
     *
     * @throws TlsFault when the file is something else, or cannot be read or written
     */
    TicketKeys current(Instant now) throws TlsFault {
        synchronized (LOCK) {
            try {
                TicketKeys present = present();
                if (present == null) {
                    return written(TicketKeys.fresh(now, random));
                }
                return present.isDue(now, rotation) ? written(present.rotated(now, random)) : present;
            } catch (IOException fault) {
                throw new TlsFault(
                        TICKET_KEYS_FILE + " " + file + ": cannot be read or written: " + fault + "; make its folder"
                                + " writable for user " + System.getProperty("user.name"),
                        fault);
            }
        }
    }

    private @Nullable TicketKeys present() throws IOException, TlsFault {
        if (!Files.exists(file)) {
            return null;
        }
        TicketKeys keys = TicketKeys.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        if (keys == null) {
            throw new TlsFault(TICKET_KEYS_FILE + " " + file
                    + ": is no file of ticket keys; name another, or remove it," + " and keys are made there");
        }
        if (!PrivateFile.isOwnersOnly(file)) {
            LOG.warn(
                    "{} {}: others than its owner could read it, so its keys are replaced; phones make one full TLS"
                            + " handshake",
                    TICKET_KEYS_FILE,
                    file);
            return null;
        }
        return keys;
    }

    /** Beside and renamed: a stop in between leaves the old keys. The new file is its owner's only from the start. */
    private TicketKeys written(TicketKeys keys) throws IOException {
        Path folder = file.getParent() == null ? file.toAbsolutePath() : file.getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, ".new", ".keys");
        Files.write(fresh, keys.text().getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return keys;
    }
}
