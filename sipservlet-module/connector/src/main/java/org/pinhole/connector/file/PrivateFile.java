package org.pinhole.connector.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file with a secret in it: there, not empty, and nobody's but its owner's to use. */
public final class PrivateFile {
    private PrivateFile() {}

    /** What is wrong with the file, and what to do; empty when nothing is. */
    public static String faultOf(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return "there is no file that can be read; make it, mode 0600, owned by the container's user";
        }
        try {
            if (!isOwnersOnly(file)) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                return "others than its owner may use it (" + mode + "); chmod 600 it";
            }
            String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return content.trim().isEmpty() ? "it is empty; write the secret into it" : "";
        } catch (IOException unreadable) {
            return "it cannot be read: " + unreadable.getMessage();
        }
    }

    /** Whether group and others have no right to it; a file system without modes keeps them out in its own way. */
    public static boolean isOwnersOnly(Path file) throws IOException {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    .endsWith("------");
        } catch (UnsupportedOperationException noModes) {
            return true;
        }
    }

    /**
     * The password in a file: its first line.
     *
     * @throws FileFault when there is none that only its owner may use
     */
    public static char[] password(Path file, String parameter) throws FileFault {
        String fault = faultOf(file);
        if (!fault.isEmpty()) {
            throw new FileFault(parameter + " " + file + ": " + fault);
        }
        try {
            String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return content.split("\r?\n", 2)[0].toCharArray();
        } catch (IOException unreadable) {
            throw new FileFault(parameter + " " + file + ": cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
