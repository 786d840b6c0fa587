package org.pinhole.suite.bed;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pinhole.suite.peer.Foreign;

/** squid in the bed's namespace proxy: lets out who says a password, to port 443 only, and logs each tunnel when it ends. */
final class BedProxy implements AutoCloseable {
    private static final String USER = "visitor";

    /** The same proxy for those whose tunnels nobody counts. */
    private static final String OTHER_USER = "guest";

    private final Path folder;
    private final Path passwordFile;
    private final Foreign squid;

    private BedProxy(Path folder, Path passwordFile, Foreign squid) {
        this.folder = folder;
        this.passwordFile = passwordFile;
        this.squid = squid;
    }

    /** Begins; tunnels that have been idle for that long are ended. */
    static BedProxy start(Bed bed, Path folder, int idleSeconds) throws IOException {
        Path run = folder.resolve("squid-run");
        Path passwordFile = Files.writeString(folder.resolve("proxy.password"), "let me out\n");
        List<String> command = List.of(
                Bed.script("squid.sh").toString(),
                run.toString(),
                passwordFile.toString(),
                String.valueOf(idleSeconds),
                USER,
                OTHER_USER);
        return new BedProxy(run, passwordFile, bed.start("proxy", "squid", command));
    }

    void awaitListening() {
        await().ignoreExceptions()
                .until(() ->
                        Files.readString(folder.resolve("cache.log")).contains("Accepting HTTP Socket connections"));
    }

    /** What leads a UE through it. */
    String[] options() {
        return BedUe.proxy(USER, passwordFile);
    }

    /** The same with another password. */
    String[] options(Path otherPasswordFile) {
        return BedUe.proxy(USER, otherPasswordFile);
    }

    /** The same for one whose tunnels are not among {@link #tunnels}. */
    String[] otherOptions() {
        return BedUe.proxy(OTHER_USER, passwordFile);
    }

    /** The lines of tunnels to this target that have ended. */
    List<String> tunnels(String target) throws IOException {
        return tunnels(target, USER);
    }

    List<String> otherTunnels(String target) throws IOException {
        return tunnels(target, OTHER_USER);
    }

    private List<String> tunnels(String target, String user) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("access.log"))) {
            return lines.filter(line -> line.contains("TCP_TUNNEL/200") && line.contains(target + " " + user))
                    .toList();
        }
    }

    @Override
    public void close() {
        squid.close();
    }
}
