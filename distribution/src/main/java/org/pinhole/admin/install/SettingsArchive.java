package org.pinhole.admin.install;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.pinhole.admin.file.AdminException;
import org.pinhole.admin.file.AtomicFile;

/** A zip of what only the operator has: settings, users, keys. Paths are relative to the container, mode 0600. */
final class SettingsArchive {
    private SettingsArchive() {}

    static void write(Path archive, Path base, List<Path> files) throws IOException {
        if (Files.exists(archive)) {
            throw new AdminException(archive + ": exists already; name another file with --save");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Path file : files) {
                zip.putNextEntry(new ZipEntry(base.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        try {
            AtomicFile.write(archive.toAbsolutePath(), bytes.toByteArray(), "rw-------");
        } catch (FileSystemException refused) {
            throw new AdminException(archive.toAbsolutePath() + ": settings, users and keys cannot be saved there ("
                    + refused.getClass().getSimpleName().replace("Exception", "")
                    + "), so nothing was removed; say --save FILE for another place, or --discard");
        }
    }
}
