package org.pinhole.suite.bed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pinhole.suite.peer.Foreign;

/** {@code bin/pinhole ue} of the distribution, as an operator types it, for the users of a server in the bed. */
final class BedUe {
    static final String EDGE = "edge.pinhole.test";

    /** A relay is the only way through; a busy machine may take longer for it than people would wait. */
    private static final String GATHER_WITHIN = "30";

    private final Bed bed;
    private final PinholeServer server;
    private final Path folder;

    BedUe(Bed bed, PinholeServer server, Path folder) {
        this.bed = bed;
        this.server = server;
        this.folder = folder;
    }

    /** Starts one, at the edge's web port unless it is told to go elsewhere. */
    Foreign at443(String namespace, String name, String command, String user, String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of("--server", EDGE + ":443"));
        options.addAll(List.of(more));
        return start(namespace, name, command, user, options.toArray(String[]::new));
    }

    /** Starts one. */
    Foreign start(String namespace, String name, String command, String user, String... more) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(folder.resolve("pinhole/bin/pinhole").toString(), "ue", command, "--server-name", EDGE));
        line.addAll(List.of("--domain", PinholeServer.DOMAIN, "--user", user));
        line.addAll(List.of("--password-file", server.passwordFile(user).toString()));
        line.addAll(List.of("--ca-file", server.caFile().toString()));
        line.addAll(
                List.of("--instance-file", folder.resolve(name + ".instance").toString()));
        if (!command.equals("register")) {
            line.addAll(List.of("--gather-within", GATHER_WITHIN));
        }
        line.addAll(List.of(more));
        return bed.start(namespace, name, line);
    }

    /** The options that lead through the bed's proxy. */
    static String[] proxy(String user, Path passwordFile) {
        return new String[] {
            "--proxy", Bed.PROXY + ":3128", "--proxy-user", user, "--proxy-password-file", passwordFile.toString()
        };
    }

    /** The options that lead through none. */
    static String[] straight(String... more) {
        return with(new String[] {"--proxy", "none"}, more);
    }

    static String[] with(String[] options, String... more) {
        return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
    }
}
