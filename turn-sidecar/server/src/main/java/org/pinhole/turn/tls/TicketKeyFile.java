package org.pinhole.turn.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where ticket keys outlive the process, its owner's alone. Several servers may share it (or copies of it): whoever finds
 * the newest key too old makes the next one, the others read it.
 */
public final class TicketKeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final String HEADER = "# TLS session ticket keys, newest first. Secret. TIME BASE64";

    private final Path file;
    private final InstantSource clock;
    private final SecureRandom random;

    public TicketKeyFile(Path file, InstantSource clock, SecureRandom random) {
        this.file = file;
        this.clock = clock;
        this.random = random;
    }

    /** What it holds, after a rotation if one is due; a file that does not exist is made. */
    public TicketKeys current() throws IOException {
        TicketKeys found = find();
        TicketKeys keys =
                found == null ? TicketKeys.fresh(clock.instant(), random) : found.current(clock.instant(), random);
        if (!keys.equals(found)) {
            write(keys);
        }
        return keys;
    }

    private @Nullable TicketKeys find() throws IOException {
        try {
            return read();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private TicketKeys read() throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a folder");
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(mode)) {
            throw new FileSystemException(file.toString(), null, "others may read it; chmod 600 " + file);
        }
        try {
            return TicketKeys.parse(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new FileSystemException(file.toString(), null, e.getMessage());
        }
    }

    private Path beside(@Nullable Path folder) throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
            throw new FileSystemException(file.toString(), null, "the folder " + folder + " does not exist; make it");
        }
        try {
            return Files.createTempFile(
                    folder, file.getFileName().toString(), ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (AccessDeniedException e) {
            throw new FileSystemException(
                    file.toString(), null, "the folder " + folder + " is not writable; check its owner and mode");
        }
    }

    /** Beside it first and then in its place, so that nobody ever reads half of it. */
    private void write(TicketKeys keys) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path fresh = beside(folder);
        try {
            List<String> lines = new ArrayList<>(List.of(HEADER));
            lines.addAll(keys.lines());
            Files.write(fresh, lines, StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
