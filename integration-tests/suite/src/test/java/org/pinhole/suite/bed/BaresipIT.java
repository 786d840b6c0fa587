package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;

/**
 * baresip, a phone that knows RFC 5626 and nothing of us, at a container that Pinhole was installed into. The container offers
 * MD5 alone: baresip 1.0 gives up on a 401 with any other challenge in it, in whatever order.
 */
@NeedsPeer("baresip")
class BaresipIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before each test
    private Path folder;

    private PinholeServer server;
    private int port;

    @BeforeEach
    void aServer() throws Exception {
        port = LoopbackPort.free();
        server = PinholeServer.install(folder, "baresip", ContainerPorts.free())
                .set(Map.of("pinhole.digest.algorithms", "MD5"))
                .listeningOn("127.0.0.1", port)
                .start(List.of());
    }

    @AfterEach
    void itEnds() {
        server.close();
    }

    @Test
    @Tag("D-1")
    void twoPhonesRegisterAndOneCallsTheOther() throws Exception {
        Baresip phones = new Baresip(server, "127.0.0.1:" + port, folder, List.of());
        try (Foreign alice = phones.outbound("alice")) {
            await().atMost(SOON).untilAsserted(() -> assertThat(alice.output()).contains("200 OK () [1 binding]"));

            try (Foreign bob = phones.outbound("bob", "-e", "/dial sip:alice@" + PinholeServer.DOMAIN)) {
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(bob.output()).contains("Call established"));
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(alice.output()).contains("Call established"));
            } // a phone that is ended takes its leave

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(alice.output()).contains("BYE sip:alice", "session closed"));
        }
    }
}
