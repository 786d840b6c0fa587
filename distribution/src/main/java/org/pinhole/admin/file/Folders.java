package org.pinhole.admin.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders that everybody may enter, whatever the umask of who installs: the container runs as somebody else. */
public final class Folders {
    private Folders() {}

    /** Makes a folder that is not there yet, with its parent's owner and group; one that is there is left alone. */
    public static void require(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            makeOurs(folder);
        }
    }

    /** Makes a folder, or gives it the mode, owner and group that it should have. The folder above it is there. */
    public static void makeOurs(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path parent = folder.toRealPath().getParent();
        if (parent != null) {
            Ownership.of(parent).giveTo(folder);
        }
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rwxr-xr-x");
        if (!Files.getPosixFilePermissions(folder).equals(mode)) {
            Files.setPosixFilePermissions(folder, mode);
        }
    }
}
