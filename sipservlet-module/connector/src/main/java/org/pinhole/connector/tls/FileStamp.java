package org.pinhole.connector.tls;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * What a few small files contain at one moment, as a digest: the one sign of a change that neither a symbolic link that
 * now points elsewhere nor a clock that was set back can hide.
 */
final class FileStamp {
    private final byte[] digest;

    private FileStamp(byte[] digest) {
        this.digest = digest;
    }

    static FileStamp of(List<File> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (File file : files) {
                digest.update(file.getPath().getBytes(StandardCharsets.UTF_8));
                byte[] content = content(file);
                digest.update(ByteBuffer.allocate(Integer.BYTES)
                        .putInt(content.length)
                        .array());
                digest.update(content);
            }
            return new FileStamp(digest.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Of files that cannot even be found: the same as long as the reason is. */
    static FileStamp of(TlsFault fault) {
        return new FileStamp(String.valueOf(fault.getMessage()).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] content(File file) {
        try {
            return Files.readAllBytes(file.toPath());
        } catch (IOException unreadable) {
            return String.valueOf(unreadable).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileStamp && MessageDigest.isEqual(((FileStamp) other).digest, digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }
}
