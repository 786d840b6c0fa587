package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.pinhole.suite.container.Jdk;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.sip.UserAgent;
import org.pinhole.ue.sip.WireListener;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

/** What only a container in a process of its own can show: both families of addresses, and no file descriptors left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // made before all tests
class OwnProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FILE_DESCRIPTORS = 600;
    private static final String COMPLAINT = "connections cannot be accepted";

    private InetSocketAddress wildcard;
    private InetSocketAddress ipv6;
    private Site site;

    @BeforeAll
    void startWithFewFileDescriptors() throws IOException {
        wildcard = Loopback.free();
        ipv6 = Loopback.free();
        site = Site.assemble("own-process");
        site.install(wildcard);
        site.operator()
                .set(Map.of(
                        "pinhole.connector",
                        "tls://[::]:%d,tls://[::1]:%d".formatted(wildcard.getPort(), ipv6.getPort()),
                        "pinhole.tls.self-signed-names",
                        "localhost,127.0.0.1,::1"));
        site.addUsers();
        site.start(Jdk.running(), List.of("sh", "-c", "ulimit -n " + FILE_DESCRIPTORS + "; exec \"$0\" \"$@\""));
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    @Order(1)
    @Tag("P-1")
    void theIpv6WildcardTakesBothFamiliesAndAnIpv6AddressItsOwn() throws Exception {
        for (String server :
                List.of("127.0.0.1:" + wildcard.getPort(), "[::1]:" + wildcard.getPort(), "[::1]:" + ipv6.getPort())) {
            assertThat(registerInAProcess(server))
                    .as(server)
                    .anySatisfy(line -> assertThat(line).contains("200 OK"))
                    .anySatisfy(line -> assertThat(line).contains("keep=45"));
        }
        assertThat(site.log())
                .containsPattern("flow .* authenticated sip:alice@pinhole.test /\\[?0:0:0:0:0:0:0:1(%\\w+)?]?:\\d+");
    }

    @Test
    @Order(2)
    void outOfFileDescriptorsItSaysSoOnceServesWhoIsThereAndGoesOnWhenSomeAreFree() throws Exception {
        List<Socket> connections = new ArrayList<>();
        try (UserAgent early = phone()) {
            early.register();
            for (int i = 0; i < FILE_DESCRIPTORS; i++) {
                connections.add(new Socket(InetAddress.getLoopbackAddress(), wildcard.getPort()));
            }
            await().atMost(PATIENCE).until(() -> complaints() == 1);

            assertThat(early.register().keepSeconds()).isEqualTo(45);
        } finally {
            for (Socket connection : connections) {
                connection.close();
            }
        }
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(this::registerAgain);
        assertThat(complaints()).isEqualTo(1);
    }

    private void registerAgain() throws Exception {
        try (UserAgent phone = phone()) {
            assertThat(phone.register().keepSeconds()).isEqualTo(45);
        }
    }

    /** The tests' own JVM prefers IPv4 and knows nothing else then. */
    private List<String> registerInAProcess(String server) throws IOException {
        Path password = Files.writeString(site.beside("password"), Site.ALICE_PASSWORD);
        return site.operator()
                .ue(
                        "register",
                        "--server",
                        server,
                        "--proxy",
                        "none",
                        "--domain",
                        Site.DOMAIN,
                        "--user",
                        Site.ALICE,
                        "--password-file",
                        password.toString(),
                        "--instance-file",
                        site.beside("instance").toString(),
                        "--ca-file",
                        site.caFile().toString(),
                        "--duration",
                        "0");
    }

    private UserAgent phone() throws IOException {
        TunnelRoute route = TunnelRoute.to(new HostPort("127.0.0.1", wildcard.getPort()), Trust.ofPem(site.caFile()));
        return UserAgent.connect(UeSettings.of(route, Site.DOMAIN, Site.ALICE, Site.ALICE_PASSWORD), WireListener.NONE);
    }

    private long complaints() throws IOException {
        return site.log().lines().filter(line -> line.contains(COMPLAINT)).count();
    }
}
