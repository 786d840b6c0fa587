package org.pinhole.suite.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One demo per work folder: the system's lock on {@code .lock} in it, which ends with the process however it ends. */
final class WorkLock implements AutoCloseable {
    private static final int LONGEST_PID = 20;

    private final FileChannel file;

    private WorkLock(FileChannel file) {
        this.file = file;
    }

    /** The lock of that folder, not taken yet. */
    static WorkLock of(Path work) throws IOException {
        return new WorkLock(FileChannel.open(
                work.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Takes it, or says who has it. */
    void take() throws IOException {
        if (tryLock() == null) {
            throw new IOException(
                    "a demo runs here already (process " + owner() + "); stop it, or give another --work DIR");
        }
        file.truncate(0);
        String pid = Long.toString(ProcessHandle.current().pid());
        file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private @Nullable FileLock tryLock() throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException ours) { // another demo in this same process
            return null;
        }
    }

    private String owner() throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(LONGEST_PID);
        file.read(pid, 0);
        return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
