package org.pinhole.admin.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Replaces a file by rename, so that a reader sees the old or the new one and an interruption loses nothing. An existing
 * file keeps its permissions, owner and group; a new one gets the given permissions and its folder's owner and group, as
 * far as we may.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes {@code content}; {@code permissions} as {@code rw-r--r--}, for a file that is not there yet. */
    public static void write(Path file, byte[] content, String permissions) throws IOException {
        boolean exists = Files.exists(file);
        Path target = exists ? file.toRealPath() : file;
        Set<PosixFilePermission> mode =
                exists ? Files.getPosixFilePermissions(target) : PosixFilePermissions.fromString(permissions);
        Ownership ownership = Ownership.of(exists ? target : folderOf(target));
        Path draft = draftOf(target);
        Files.deleteIfExists(draft);
        try {
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(draft, content);
            ownership.giveTo(draft);
            Files.setPosixFilePermissions(draft, mode);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Where an interrupted write may have left something. */
    public static Path draftOf(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".pinhole-draft");
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new AdminException(file + " is a folder, not a file");
        }
        return parent;
    }
}
