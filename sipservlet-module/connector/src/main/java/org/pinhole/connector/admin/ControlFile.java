package org.pinhole.connector.admin;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Where the control port is and what opens it: one line, {@code PORT TOKEN}, in a file that only the container's user can
 * read. Whoever can read it could as well attach to the JVM.
 */
final class ControlFile {
    private final Path path;
    private final byte[] token;

    private ControlFile(Path path, byte[] token) {
        this.path = path;
        this.token = token;
    }

    /** Makes one with a fresh token, in place of one that a killed container left behind. */
    static ControlFile write(File folder, int port, SecureRandom random) throws IOException {
        byte[] secret = new byte[24];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Files.createDirectories(folder.toPath());
        Path fresh = Files.createTempFile(folder.toPath(), ".control", ""); // created for its owner only
        Files.write(fresh, (port + " " + token + "\n").getBytes(StandardCharsets.US_ASCII));
        Path path = folder.toPath().resolve("control");
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new ControlFile(path, token.getBytes(StandardCharsets.US_ASCII));
    }

    boolean isToken(String text) {
        return MessageDigest.isEqual(token, text.getBytes(StandardCharsets.UTF_8));
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException left) {
            path.toFile().deleteOnExit();
        }
    }
}
