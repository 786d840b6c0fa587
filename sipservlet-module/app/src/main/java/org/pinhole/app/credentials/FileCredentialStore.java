package org.pinhole.app.credentials;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.api.spi.CredentialsUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users in a file that is read again when it changes, looked at no more than once a second. While the file is unreadable
 * or malformed the last good content holds; when there never was any, no user can be told from any other (503).
 */
public final class FileCredentialStore implements CredentialStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileCredentialStore.class);
    private static final long LOOK_EVERY_MILLIS = 1000;

    private final Path file;
    private final LongSupplier clockMillis;

    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable CredentialsFile content;
    private volatile long lookedAtMillis;
    private volatile String seen = "";

    /** Users of this file, which is read at once. */
    public FileCredentialStore(Path file, LongSupplier clockMillis) {
        this.file = file;
        this.clockMillis = clockMillis;
        look();
    }

    @Override
    public @Nullable String findHa1(String user, String realm, String algorithm)
            throws CredentialsUnavailableException {
        return users().findHa1(user, realm, algorithm);
    }

    @Override
    public @Nullable String findUser(String userhash, String realm, String algorithm)
            throws CredentialsUnavailableException {
        return users().findUser(userhash, realm, algorithm);
    }

    private CredentialsFile users() throws CredentialsUnavailableException {
        boolean due = clockMillis.getAsLong() - lookedAtMillis >= LOOK_EVERY_MILLIS;
        if (due && looking.compareAndSet(false, true)) { // one thread looks, the others go on with what is known
            try {
                look();
            } finally {
                looking.set(false);
            }
        }
        CredentialsFile users = content;
        if (users == null) {
            throw new CredentialsUnavailableException("credentials file " + file + " could never be read");
        }
        return users;
    }

    private void look() {
        lookedAtMillis = clockMillis.getAsLong();
        String state = state();
        if (!state.equals(seen)) {
            seen = state;
            load();
        }
    }

    /** Changes when the file does. */
    private String state() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            // A file that is moved into place is another one; times may be no finer than a second.
            return attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey();
        } catch (IOException unreadable) {
            return "unreadable";
        }
    }

    private void load() {
        try {
            CredentialsFile users = CredentialsFile.parse(Files.readAllLines(file, StandardCharsets.UTF_8));
            content = users;
            LOG.info("credentials file {}: {} entries", file, users.size());
        } catch (CharacterCodingException notUtf8) {
            complain("not UTF-8; save it as such");
        } catch (IOException unreadable) {
            complain(
                    "not readable (" + unreadable.getClass().getSimpleName() + "); check that it exists and its owner");
        } catch (CredentialsFileException malformed) {
            complain(String.valueOf(malformed.getMessage()));
        }
    }

    private void complain(String what) {
        String consequence = content == null
                ? "every request is answered 503 until it is mended"
                : "its last good content stays in use";
        LOG.error("credentials file {}: {}", file, what + "; " + consequence);
    }
}
