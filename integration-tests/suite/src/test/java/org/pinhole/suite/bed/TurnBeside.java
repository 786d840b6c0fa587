package org.pinhole.suite.bed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A TURN server beside a container: what both have to agree on, as an operator writes it down.
 *
 * @param address the IP address that it listens and relays on
 * @param name the same as phones are told it
 * @param adminPort where it tells its counters, on loopback; 0 for nowhere
 */
record TurnBeside(String address, String name, int tlsPort, int tcpPort, int udpPort, int adminPort) {
    private static final String SECRET_FILE = "conf/turn.secret";
    private static final String TOKEN_FILE = "conf/turn.token";

    String tlsUri() {
        return "turns:" + name + ":" + tlsPort + "?transport=tcp";
    }

    String tcpUri() {
        return "turn:" + name + ":" + tcpPort + "?transport=tcp";
    }

    /** Writes the two files that both sides read. */
    void writeSecrets(Path container) throws IOException {
        for (String file : List.of(SECRET_FILE, TOKEN_FILE)) {
            Path path = Files.writeString(container.resolve(file), "known-to-both-sides-of-" + file + "\n");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** What conf/pinhole.properties has to say of it. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("pinhole.turn.uris", tlsUri() + "," + tcpUri());
        settings.put("pinhole.turn.secret-file", SECRET_FILE);
        settings.put("pinhole.turn.key-lookup-token-file", TOKEN_FILE);
        return settings;
    }

    /** Its counters, for one that has an admin port. */
    TurnCounters counters(Path container) throws IOException {
        return new TurnCounters(
                adminPort, Files.readString(container.resolve(TOKEN_FILE)).trim());
    }

    /** The options of {@code bin/pinhole turn}; the relay itself is the one peer allowed that is refused by default. */
    List<String> options(Path container, int httpPort, String realm) {
        List<String> options = new ArrayList<>(shared(container, httpPort, realm));
        if (address.startsWith("127.") && LoopbackPort.hasIpv6()) { // the other loopback address is a relay too
            options.addAll(List.of("--relay-address=::1", "--allow-peer=::1"));
        }
        if (adminPort != 0) {
            options.add("--admin-listen=127.0.0.1:" + adminPort);
            options.add("--admin-token-file=" + container.resolve(TOKEN_FILE));
        }
        return options;
    }

    private List<String> shared(Path container, int httpPort, String realm) {
        return List.of(
                "--tls-listen=" + address + ":" + tlsPort,
                "--tcp-listen=" + address + ":" + tcpPort,
                "--udp-listen=" + address + ":" + udpPort,
                "--relay-address=" + address,
                "--allow-peer=" + address + "/32",
                "--realm=" + realm,
                "--rfc5766-channels",
                "--shared-secret-file=" + container.resolve(SECRET_FILE),
                "--key-lookup=http://127.0.0.1:" + httpPort + "/pinhole/turn-key",
                "--key-lookup-token-file=" + container.resolve(TOKEN_FILE),
                "--certificate-file=" + container.resolve("conf/pinhole/certificate.pem"),
                "--private-key-file=" + container.resolve("conf/pinhole/private-key.pem"));
    }
}
