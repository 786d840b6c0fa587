package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.Unzip;
import org.pinhole.suite.demo.TurnSidecar;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;
import org.pinhole.suite.peer.Skip;

/** What the relay's datagrams look like on the wire. */
@NeedsPeer({"turnutils_uclient", "tcpdump"})
class TurnWireIT {
    private static final String HOST = "127.0.0.47"; // of its own, so that ports are nobody else's
    private static final Duration DEADLINE = Duration.ofSeconds(45);
    private static final int MESSAGES = 5;

    @TempDir
    private static Path folder;

    private static int port;
    private static TurnSidecar sidecar;

    @BeforeAll
    static void aTurnServer() throws IOException {
        Path home = folder.resolve("pinhole");
        Unzip.withoutTopFolder(ContainerParts.ofThisBuild().distributionZip(), home);
        port = LoopbackPort.free();
        List<String> options = List.of(
                "--udp-listen=" + HOST + ":" + port,
                "--allow-peer=" + HOST,
                "--realm=pinhole.test",
                "--user=alice:wonder",
                "--rfc5766-channels");
        sidecar = TurnSidecar.start(home, options, folder.resolve("turn.log"));
    }

    @AfterAll
    static void itEnds() {
        if (sidecar != null) {
            sidecar.close();
        }
    }

    /** DSCP, ECN and TTL are the fixed ones of the alternate behaviour in RFC 8656 §14. */
    @ParameterizedTest
    @CsvSource({"-g, DF", "-X, none"})
    @Tag("T-10")
    @Tag("T-14")
    void dontFragmentIsTheDfBitOfEachDatagramThatAsksForIt(String option, String flags) throws Exception {
        try (Foreign capture = capture(option)) {
            List<String> command = new ArrayList<>(List.of("turnutils_uclient", "-s", "-y", "-c", option));
            command.addAll(List.of("-p", Integer.toString(port), "-u", "alice", "-w", "wonder", "-m", "1"));
            command.addAll(List.of("-n", Integer.toString(MESSAGES), "-l", "160", HOST));
            try (Foreign client = Foreign.start(folder, "uclient" + option, command.toArray(String[]::new))) {
                assertThat(client.await(DEADLINE)).as(client.output()).isZero();
            }

            await().atMost(DEADLINE).until(() -> datagrams(capture).size() >= 2 * MESSAGES);
            assertThat(datagrams(capture))
                    .hasSize(2 * MESSAGES)
                    .allSatisfy(line -> assertThat(line).contains("tos 0x0,", "ttl 64,", "flags [" + flags + "]"));
        }
    }

    /** Of what relays send to each other. */
    private static Foreign capture(String name) throws Exception {
        String filter = "udp and src host %s and dst host %s and not port %d".formatted(HOST, HOST, port);
        Foreign capture = Foreign.start(
                folder, "tcpdump" + name, "tcpdump", "-i", "lo", "-n", "-v", "-l", "--immediate-mode", filter);
        await().atMost(DEADLINE)
                .until(() -> capture.output().contains("listening on")
                        || capture.output().contains("permission"));
        if (!capture.output().contains("listening on")) {
            capture.close();
            Skip.because("tcpdump may not capture: " + capture.output().strip());
        }
        return capture;
    }

    private static List<String> datagrams(Foreign capture) throws IOException {
        Pattern datagram = Pattern.compile("IP \\(tos .* proto UDP");
        return capture.output()
                .lines()
                .filter(line -> datagram.matcher(line).find())
                .toList();
    }
}
