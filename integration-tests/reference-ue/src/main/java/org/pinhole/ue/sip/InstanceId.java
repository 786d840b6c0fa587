package org.pinhole.ue.sip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The UE's instance-id, made once and kept in a file, so that it outlives restarts (U-5, RFC 5626 §4.1). */
public final class InstanceId {
    private InstanceId() {}

    /**
     * Reads the one in this file; makes file, folders and id when there is none.
     *
     * @throws SipFailure when the file holds something else, or cannot be read or written
     */
    public static UUID kept(Path file) throws SipFailure {
        try {
            return Files.exists(file) ? read(file) : make(file);
        } catch (IOException e) {
            if (e instanceof SipFailure failure) {
                throw failure;
            }
            throw new SipFailure(
                    "instance-id file " + file + ": cannot be read or written ("
                            + e.getClass().getSimpleName() + "); give another one",
                    e);
        }
    }

    private static UUID read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8).trim();
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new SipFailure("instance-id file " + file + ": holds no UUID; remove it, and a new one is made", e);
        }
    }

    private static UUID make(Path file) throws IOException {
        UUID made = UUID.randomUUID();
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path beside = file.resolveSibling(file.getFileName() + "." + made);
        try {
            Files.writeString(beside, made + "\n");
            Files.move(beside, file); // whole or not at all
            return made;
        } catch (FileAlreadyExistsException e) {
            return read(file);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
