package org.pinhole.connector.file;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys in a file that only its owner may use, so that they outlive a restart. Whoever first sees that they are due writes
 * new ones, others in this JVM read them. What is no file of such keys is never overwritten; keys that others could have
 * read are never used.
 *
 * @param <K> what is kept
 */
public final class RotatingKeyFile<K extends RotatingKeys<K>> {
    private static final Logger LOG = LoggerFactory.getLogger(RotatingKeyFile.class);
    /** Read, decide, write is one step for all who share a file. */
    private static final Object LOCK = new Object();

    private final Path file;
    private final Duration rotation;
    private final SecureRandom random;
    private final Kind<K> kind;

    /**
     * Nothing is read or made yet.
     *
     * @param rotation after how long a new key is made
     */
    public RotatingKeyFile(Kind<K> kind, File file, Duration rotation, SecureRandom random) {
        this.kind = kind;
        this.file = file.toPath().toAbsolutePath();
        this.rotation = rotation;
        this.random = random;
    }

    /**
     * The keys as they are to be used now, made or rotated when it is time.
     *
     * @throws FileFault when the file is something else, or cannot be read or written
     */
    public K current(Instant now) throws FileFault {
        synchronized (LOCK) {
            try {
                K present = present();
                if (present == null) {
                    return written(kind.fresh.make(now, random));
                }
                return present.isDue(now, rotation) ? written(present.rotated(now, random)) : present;
            } catch (IOException fault) {
                throw new FileFault(
                        kind.parameter + " " + file + ": cannot be read or written: " + fault + "; make its folder"
                                + " writable for user " + System.getProperty("user.name"),
                        fault);
            }
        }
    }

    private @Nullable K present() throws IOException, FileFault {
        if (!Files.exists(file)) {
            return null;
        }
        K keys = kind.parse.apply(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        if (keys == null) {
            throw new FileFault(kind.parameter + " " + file + ": is no file of " + kind.what
                    + "; name another, or remove it, and keys are made there");
        }
        if (!PrivateFile.isOwnersOnly(file)) {
            LOG.warn(
                    "{} {}: others than its owner could read it, so its keys are replaced; {}",
                    new Object[] {kind.parameter, file, kind.loss});
            return null;
        }
        return keys;
    }

    /** Beside and renamed: a stop in between leaves the old keys. The new file is its owner's only from the start. */
    private K written(K keys) throws IOException {
        Path folder = file.getParent() == null ? file.toAbsolutePath() : file.getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, ".new", ".keys");
        Files.write(fresh, keys.text().getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return keys;
    }

    /**
     * What such a file holds, and what an operator is told of it.
     *
     * @param <K> the keys
     */
    public static final class Kind<K extends RotatingKeys<K>> {
        private final String parameter;
        private final String what;
        private final String loss;
        private final Maker<K> fresh;
        private final Function<String, @Nullable K> parse;

        /**
         * A kind of key file.
         *
         * @param parameter the parameter that names the file
         * @param what what its keys are called
         * @param loss what becomes of phones when they are replaced
         * @param parse reads their text, or returns null when it is no such text
         */
        public Kind(String parameter, String what, String loss, Maker<K> fresh, Function<String, @Nullable K> parse) {
            this.parameter = parameter;
            this.what = what;
            this.loss = loss;
            this.fresh = fresh;
            this.parse = parse;
        }
    }

    /**
     * Makes the first keys of a file.
     *
     * @param <K> the keys
     */
    public interface Maker<K> {
        /** Keys with one random key, made now. */
        K make(Instant now, SecureRandom random);
    }
}
