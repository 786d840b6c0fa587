package org.pinhole.admin.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pinhole.admin.file.AdminException;
import org.pinhole.admin.file.AtomicFile;

/** The user list on disk: readable by its owner only, replaced whole. */
final class UserFile {
    private static final String HEAD = "# Pinhole's SIP users: user:realm:H(A1)[:ALGORITHM]. As secret as passwords.\n";

    private final Path path;

    UserFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** The list; a file that is not there yet is an empty one. */
    UserList read() throws IOException {
        if (!Files.exists(path)) {
            return UserList.parse(HEAD);
        }
        try {
            return UserList.parse(new String(Files.readAllBytes(path), UTF_8));
        } catch (IllegalArgumentException wrong) {
            throw new AdminException(path + ":" + wrong.getMessage() + "; correct that line first");
        }
    }

    /** The list of a file that has to be there. */
    UserList require() throws IOException {
        if (!Files.exists(path)) {
            throw new AdminException(path + ": no such file; 'pinhole user add' makes it");
        }
        return read();
    }

    void write(UserList users) throws IOException {
        AtomicFile.write(path.toAbsolutePath(), users.text().getBytes(UTF_8), "rw-------");
    }
}
