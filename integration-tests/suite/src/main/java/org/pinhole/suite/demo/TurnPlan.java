package org.pinhole.suite.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pinhole.suite.container.StandaloneContainer;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.turn.TurnTransport;
import org.pinhole.ue.turn.TurnUri;

/**
 * Where the demo's TURN server is to listen, and what container and server have to agree on.
 *
 * @param tls 443 if it can be bound, else 8444
 * @param tcp 80 if it can be bound, else 8081
 * @param udp 3478 if it can be bound, else any
 */
record TurnPlan(StandaloneContainer container, DemoPort tls, DemoPort tcp, DemoPort udp) {
    private static final String HOST = "127.0.0.2";
    private static final String SECRET_FILE = "conf/turn.secret";
    private static final String TOKEN_FILE = "conf/turn.token";
    private static final int SECRET_BYTES = 32;
    private static final int DISCARD_PORT = 9;

    static TurnPlan choose(StandaloneContainer container) throws IOException {
        InetAddress host = InetAddress.getByName(HOST);
        return new TurnPlan(
                container,
                DemoPort.choose(host, 443, 8444),
                DemoPort.choose(host, 80, 8081),
                DemoPort.chooseUdp(host, 3478));
    }

    /** The address that it listens and relays on. */
    String host() {
        return HOST;
    }

    TurnUri tlsUri() {
        return new TurnUri(new HostPort(HOST, tls.number()), TurnTransport.TLS);
    }

    TurnUri tcpUri() {
        return new TurnUri(new HostPort(HOST, tcp.number()), TurnTransport.TCP);
    }

    /** Makes the two files, mode 0600, that both sides read. */
    void writeSecrets(SecureRandom random) throws IOException {
        for (String file : List.of(SECRET_FILE, TOKEN_FILE)) {
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            SecretFile.write(container.home().resolve(file), HexFormat.of().formatHex(secret) + "\n");
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

    /** The options of {@code bin/pinhole turn}. The one peer allowed that is refused by default is the relay itself. */
    List<String> options() {
        Path home = container.home();
        return List.of(
                "--tls-listen=" + HOST + ":" + tls.number(),
                "--tcp-listen=" + HOST + ":" + tcp.number(),
                "--udp-listen=" + HOST + ":" + udp.number(),
                "--relay-address=" + HOST,
                allowedPeer(),
                "--realm=" + DemoUsers.DOMAIN,
                "--shared-secret-file=" + home.resolve(SECRET_FILE),
                "--key-lookup=http://127.0.0.1:" + container.ports().http() + "/pinhole/turn-key",
                "--key-lookup-token-file=" + home.resolve(TOKEN_FILE),
                "--certificate-file=" + home.resolve("conf/pinhole/certificate.pem"),
                "--private-key-file=" + home.resolve("conf/pinhole/private-key.pem"));
    }

    String allowedPeer() {
        return "--allow-peer=" + HOST + "/32";
    }

    /** Loopback too, but not the relay's address. */
    InetSocketAddress forbiddenPeer() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), DISCARD_PORT);
    }
}
