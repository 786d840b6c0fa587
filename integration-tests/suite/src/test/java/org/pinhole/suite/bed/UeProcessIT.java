package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.Unzip;
import org.pinhole.suite.demo.TurnSidecar;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;
import org.pinhole.suite.proxy.AccessLogEntry;
import org.pinhole.suite.proxy.ConnectProxy;
import org.pinhole.ue.doubles.EdgeDouble;
import org.pinhole.ue.doubles.TestCertificates;

/** {@code bin/pinhole ue} as scripts and people see it: exit codes, standard error, a terminal. */
@NeedsPeer({"openssl", "script"})
class UeProcessIT {
    private static final String HOST = "127.0.0.49"; // of its own, so that ports are nobody else's
    private static final String NAME = "turn.pinhole.test";
    private static final String SECRET = "wonder and more";
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private static Path folder;

    private static TurnSidecar sidecar;
    private static Path passwordFile;
    private static Path turnCa;
    private static int port;

    @BeforeAll
    static void aTurnServer() throws Exception {
        ServerCertificate self = ServerCertificate.selfSigned(folder, NAME);
        turnCa = self.certificate();
        Path home = folder.resolve("pinhole");
        Unzip.withoutTopFolder(ContainerParts.ofThisBuild().distributionZip(), home);
        passwordFile = Files.writeString(folder.resolve("password"), SECRET + "\n");
        port = LoopbackPort.free();
        List<String> options = List.of(
                "--tls-listen=" + HOST + ":" + port,
                "--relay-address=" + HOST,
                "--allow-peer=" + HOST,
                "--realm=pinhole.test",
                "--user=alice:" + SECRET,
                "--certificate-file=" + self.certificate(),
                "--private-key-file=" + self.key());
        sidecar = TurnSidecar.start(home, options, folder.resolve("turn.log"));
    }

    @AfterAll
    static void itEnds() {
        if (sidecar != null) {
            sidecar.close();
        }
    }

    private static List<String> ue(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("pinhole/bin/pinhole").toString(), "ue"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> relay(String... more) {
        List<String> command = ue("relay", "--turn", "turns:" + HOST + ":" + port, "--server-name", NAME);
        command.addAll(
                List.of("--ca-file", turnCa.toString(), "--user", "alice", "--packets", "20", "--proxy", "none"));
        command.addAll(List.of(more));
        return command;
    }

    private record Ended(int code, String out, String err) {}

    private static Ended run(String name, List<String> command) throws Exception {
        Path err = folder.resolve(name + ".err");
        List<String> apart = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 2>'" + err + "'", "sh"));
        apart.addAll(command);
        try (Foreign process = Foreign.start(folder, name, apart.toArray(String[]::new))) {
            int code = process.await(LONG);
            return new Ended(code, process.output(), Files.readString(err));
        }
    }

    @Test
    @Tag("T-1")
    void relayEndsWithZeroWhenEveryPacketCameBack() throws Exception {
        Ended ended = run("clean", relay("--password-file", passwordFile.toString(), "--json"));

        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains(
                        "{\"step\":\"echo\",\"seen\":\"20 packets of 160 bytes: 20 arrived, 20 came back, 0 lost, 0 altered");
    }

    /** The prompt comes when the terminal shows no more what is typed; whoever types before is seen by the terminal itself. */
    @Test
    void aPasswordTypedAtATerminalIsTakenAndNeverShown() throws Exception {
        String command = relay().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Path typescript = folder.resolve("typescript");
        String prompted = "LC_ALL=C grep -q 'password of alice: ' '" + typescript + "' 2>/dev/null";
        String typing =
                "i=0; until " + prompted + " || [ $i = 300 ]; do sleep 0.1; i=$((i+1)); done; echo '" + SECRET + "'";
        String line = "(" + typing + ") | script -qefc \"" + command + "\" '" + typescript + "'";

        Ended ended = run("typed", List.of("sh", "-c", line));

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out())
                .contains("password of alice: ", "echo: 20 packets")
                .doesNotContain(SECRET);
    }

    @Test
    void aWrongPasswordIsCodeOneAndOneLineOnStandardError() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong"), "guessed\n");

        Ended ended = run("wrong", relay("--password-file", wrong.toString()));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("pinhole ue: ")
                .contains("401")
                .doesNotContain("guessed");
    }

    @Test
    void whatIsNotUnderstoodIsCodeTwoAndOneLineOnStandardError() throws Exception {
        Ended ended = run("misspelt", ue("relai"));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .contains("relai", "did you mean relay?", "pinhole ue --help");
    }

    /** Registers with what the edge wants, goes through the proxy with what the 200 grants, and leaves. */
    @Test
    @Tag("U-9")
    void relayRegistersAndGoesThroughTheProxyWithWhatItIsGranted() throws Exception {
        TestCertificates certificates = TestCertificates.make("The double's CA", "edge.pinhole.test");
        Path cas = folder.resolve("cas.pem");
        Files.writeString(
                cas, Files.readString(certificates.writeCa(folder.resolve("edge-ca.pem"))) + Files.readString(turnCa));
        try (EdgeDouble edge = new EdgeDouble(certificates, Map.of("bob", "builder"));
                ConnectProxy proxy = new ConnectProxy(
                        Set.of(port, edge.address().getPort()),
                        Map.of(
                                NAME,
                                InetAddress.getByName(HOST),
                                "edge.pinhole.test",
                                InetAddress.getLoopbackAddress()))) {
            edge.grantTurn(aor ->
                    "turn;username=\"alice\";credential=\"" + SECRET + "\";uris=\"turns:" + NAME + ":" + port + "\"");
            Path bobs = Files.writeString(folder.resolve("bobs"), "builder\n");
            List<String> command = ue(
                    "relay", "--server", "edge.pinhole.test:" + edge.address().getPort());
            command.addAll(List.of("--domain", "pinhole.test", "--user", "bob", "--password-file", bobs.toString()));
            command.addAll(List.of("--ca-file", cas.toString(), "--packets", "20"));
            command.addAll(List.of("--proxy", "127.0.0.1:" + proxy.address().getPort()));

            Ended ended = run("granted", command);

            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(ended.out())
                    .containsSubsequence(
                            "REGISTER: SIP/2.0 200 OK, P-Pinhole-Turn present",
                            "CONNECT: HTTP/1.1 200",
                            "echo: 20 packets")
                    .doesNotContain(SECRET);
            assertThat(edge.bound("sip:bob@pinhole.test")).isFalse();
            assertThat(proxy.accessLog())
                    .extracting(AccessLogEntry::status)
                    .as("edge and two relays")
                    .containsExactly(200, 200, 200);
        }
    }

    @Test
    @Tag("U-5")
    void whoIsToldToEndDeRegistersFirst() throws Exception {
        TestCertificates certificates = TestCertificates.make("The double's CA", "edge.pinhole.test");
        Path ca = certificates.writeCa(folder.resolve("edge-ca-2.pem"));
        Path bobs = Files.writeString(folder.resolve("bobs-2"), "builder\n");
        try (EdgeDouble edge = new EdgeDouble(certificates, Map.of("bob", "builder"))) {
            List<String> command =
                    ue("register", "--server", "127.0.0.1:" + edge.address().getPort(), "--keep");
            command.addAll(List.of("--server-name", "edge.pinhole.test", "--domain", "pinhole.test", "--user", "bob"));
            command.addAll(List.of("--password-file", bobs.toString(), "--ca-file", ca.toString(), "--proxy", "none"));
            command.addAll(
                    List.of("--instance-file", folder.resolve("bob.instance").toString()));
            try (Foreign phone = Foreign.start(folder, "kept", command.toArray(String[]::new))) {
                await().atMost(LONG).until(() -> bound(edge) && phone.output().contains("ping: pong"));

                int code = phone.end(LONG);

                assertThat(code).isEqualTo(143);
                assertThat(phone.output()).contains("de-REGISTER: SIP/2.0 200 OK");
                assertThat(bound(edge)).isFalse();
            }
        }
    }

    private static boolean bound(EdgeDouble edge) throws IOException {
        return edge.bound("sip:bob@pinhole.test");
    }
}
