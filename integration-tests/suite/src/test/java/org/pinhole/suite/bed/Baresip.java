package org.pinhole.suite.bed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pinhole.suite.peer.Foreign;

/** baresip phones of a server's users, with their SIP trace as output. */
final class Baresip {
    private final PinholeServer server;
    private final String edge;
    private final Path folder;
    private final List<String> launcher;

    /**
     * Starts none yet.
     *
     * @param edge the connector's HOST:PORT
     * @param folder where each phone gets one of its own
     * @param launcher what is put before the command
     */
    Baresip(PinholeServer server, String edge, Path folder, List<String> launcher) {
        this.server = server;
        this.edge = edge;
        this.folder = folder;
        this.launcher = launcher;
    }

    /** One that does RFC 5626, and pings when a Flow-Timer tells it to. */
    Foreign outbound(String user, String... more) throws IOException {
        return start(user, "sipnat=outbound;", more);
    }

    /** One that knows nothing of flows and is silent between its registrations. */
    Foreign plain(String user, String... more) throws IOException {
        return start(user, "", more);
    }

    private Foreign start(String user, String nat, String... more) throws IOException {
        Path dir = Files.createDirectory(folder.resolve("baresip-" + user));
        String config = Files.readString(Bed.script("baresip.config"));
        Files.writeString(
                dir.resolve("config"), config.replace("@CA@", server.caFile().toString()));
        Files.writeString(dir.resolve("contacts"), "");
        Files.writeString(dir.resolve("accounts"), account(user, nat));
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of("baresip", "-f", dir.toString(), "-s", "-v", "-t", "600"));
        command.addAll(List.of(more));
        return Foreign.start(folder, "baresip-" + user, command.toArray(String[]::new));
    }

    private String account(String user, String nat) {
        return "<sip:%1$s@%2$s;transport=tls>;auth_user=%1$s;auth_pass=\"%3$s\""
                        .formatted(user, PinholeServer.DOMAIN, PinholeServer.password(user))
                + ";outbound=\"sip:%s;transport=tls\";%sregint=600".formatted(edge, nat)
                + ";answermode=auto;audio_codecs=pcmu\n";
    }
}
