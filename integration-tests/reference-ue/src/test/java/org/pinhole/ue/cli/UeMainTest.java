package org.pinhole.ue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.ue.doubles.EdgeDouble;
import org.pinhole.ue.doubles.HostileProxy;
import org.pinhole.ue.doubles.TestCertificates;
import picocli.CommandLine;

class UeMainTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine line = UeMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"register", "call", "answer"})
    void everySubCommandHasHelpAndNoPasswordOption(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "Usage: pinhole ue " + command, "--server=HOST[:PORT]", "--proxy=HOST:PORT", "--password-file")
                .doesNotContain("--password=");
    }

    @Test
    void wrongUsageExitsWithTwo() {
        assertThat(run("register", "--server", "edge:https", "--user", "a", "--domain", "d"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "pinhole ue: Invalid value for option '--server' (HOST[:PORT]): 'https' is no port; write HOST:PORT;"
                                + " see pinhole ue register --help");
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void relayHasHelpAndNoPasswordOption() {
        assertThat(run("relay", "--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: pinhole ue relay", "--turn=URI", "--proxy=HOST:PORT", "--packets=N", "--size=BYTES")
                .doesNotContain("--password=");
    }

    @Test
    void relayWithoutServerSaysWhatToGive() {
        assertThat(run("relay", "--user", "alice")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("pinhole ue: give --turn, or --server and --domain to register;"
                        + " see pinhole ue relay --help");
    }

    @Test
    void anUnknownOptionIsNamedBeforeWhatIsMissing() {
        assertThat(run("register", "--frob")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("Unknown option: '--frob'");
    }

    @Test
    void whatThisUeCannotDoWrongIsNamed() {
        assertThat(run("register", "--misbehave", "rudely", "--user", "a", "--domain", "d"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'rudely' is nothing that this UE can do wrong");
    }

    @Test
    @Tag("U-17")
    void aPacScriptSaysThroughWhichProxyToGo() throws IOException {
        TestCertificates certificates = TestCertificates.make("The double's CA", "edge.pinhole.test");
        Path ca = certificates.writeCa(folder.resolve("ca.pem"));
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");
        try (EdgeDouble edge = new EdgeDouble(certificates, Map.of("alice", "wonder"));
                HostileProxy proxy = new HostileProxy(edge.address(), (head, to) -> {
                    to.say("HTTP/1.1 200 By the script\r\n\r\n");
                    return to.tunnel();
                })) {
            Path script = Files.writeString(
                    folder.resolve("proxy.pac"),
                    "function FindProxyForURL(url, host) { return 'PROXY " + proxy.address() + "; DIRECT'; }");
            List<String> args = new ArrayList<>(List.of(registerAt(ca, password, edge)));
            args.addAll(List.of("--proxy", "pac:" + script));

            int code = run(args.toArray(new String[0]));

            assertThat(err.toString()).isEmpty();
            assertThat(code).isZero();
            assertThat(out.toString()).contains("CONNECT: HTTP/1.1 200 By the script", "REGISTER: SIP/2.0 200 OK");
        }
    }

    @Test
    void aFailureIsOneLineAndExitsWithOne() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");
        Path noCa = Files.writeString(folder.resolve("ca.pem"), "nothing");

        int code = run(
                "register",
                "--server",
                "127.0.0.1:1",
                "--user",
                "alice",
                "--domain",
                "pinhole.test",
                "--password-file",
                password.toString(),
                "--ca-file",
                noCa.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1).first().asString().startsWith("pinhole ue: " + noCa);
    }

    @Test
    void registerTellsEachStepAndTheTraceHoldsNoPassword() throws IOException {
        TestCertificates certificates = TestCertificates.make("The double's CA", "edge.pinhole.test");
        Path ca = certificates.writeCa(folder.resolve("ca.pem"));
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");
        try (EdgeDouble edge = new EdgeDouble(certificates, Map.of("alice", "wonder"))) {
            int code = run(
                    "register",
                    "--server",
                    "127.0.0.1:" + edge.address().getPort(),
                    "--server-name",
                    "edge.pinhole.test",
                    "--user",
                    "alice",
                    "--domain",
                    "pinhole.test",
                    "--password-file",
                    password.toString(),
                    "--ca-file",
                    ca.toString(),
                    "--instance-file",
                    folder.resolve("instance-id").toString(),
                    "--duration",
                    "0",
                    "--trace");

            assertThat(err.toString()).isEmpty();
            assertThat(code).isZero();
            assertThat(out.toString())
                    .contains("TLS: TLSv1.3", "REGISTER: SIP/2.0 200 OK, Digest SHA-256 of SHA-256, MD5")
                    .contains(
                            "keep-alive: keep=45, Flow-Timer none", "ping: pong after ", "de-REGISTER: SIP/2.0 200 OK")
                    .contains("> REGISTER sip:pinhole.test SIP/2.0", "> CRLF CRLF", "< CRLF")
                    .doesNotContain("wonder");
            assertThat(folder.resolve("instance-id")).exists();
        }
    }

    private String[] registerAt(Path ca, Path password, EdgeDouble... edges) {
        List<String> args = new ArrayList<>(List.of("register"));
        for (EdgeDouble edge : edges) {
            args.addAll(List.of("--server", "127.0.0.1:" + edge.address().getPort()));
        }
        args.addAll(List.of("--server-name", "edge.pinhole.test", "--user", "alice", "--domain", "pinhole.test"));
        args.addAll(List.of("--password-file", password.toString(), "--ca-file", ca.toString()));
        args.addAll(List.of("--instance-file", folder.resolve("instance-id").toString(), "--duration", "0"));
        return args.toArray(new String[0]);
    }

    @Test
    @Tag("U-5")
    void theSecondRunRegistersUnderTheInstanceIdOfTheFirst() throws IOException {
        TestCertificates certificates = TestCertificates.make("The double's CA", "edge.pinhole.test");
        Path ca = certificates.writeCa(folder.resolve("ca.pem"));
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");
        try (EdgeDouble edge = new EdgeDouble(certificates, Map.of("alice", "wonder"))) {
            assertThat(run(registerAt(ca, password, edge))).isZero();
            String kept = Files.readString(folder.resolve("instance-id"));

            assertThat(run(registerAt(ca, password, edge))).isZero();

            assertThat(Files.readString(folder.resolve("instance-id"))).isEqualTo(kept);
        }
    }

    @Test
    void forMachinesEveryLineIsAnObject() throws IOException {
        TestCertificates certificates = TestCertificates.make("The double's CA", "edge.pinhole.test");
        Path ca = certificates.writeCa(folder.resolve("ca.pem"));
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");
        try (EdgeDouble edge = new EdgeDouble(certificates, Map.of("alice", "wonder"))) {
            List<String> args = new ArrayList<>(List.of(registerAt(ca, password, edge)));
            args.addAll(List.of("--json", "--trace"));

            assertThat(run(args.toArray(new String[0]))).isZero();
        }
        assertThat(out.toString().lines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("{\"step\":\"") && line.endsWith("\"}"))
                .contains("{\"step\":\"de-REGISTER\",\"seen\":\"SIP/2.0 200 OK\"}");
        assertThat(err.toString()).contains("> REGISTER sip:pinhole.test SIP/2.0");
    }

    @Test
    @Tag("U-5")
    void anEdgeThatIsNotThereIsToldAndTheOtherServes() throws IOException {
        TestCertificates certificates = TestCertificates.make("The double's CA", "edge.pinhole.test");
        Path ca = certificates.writeCa(folder.resolve("ca.pem"));
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");
        EdgeDouble gone = new EdgeDouble(certificates, Map.of("alice", "wonder"));
        gone.close();
        try (EdgeDouble edge = new EdgeDouble(certificates, Map.of("alice", "wonder"))) {
            int code = run(registerAt(ca, password, gone, edge));

            assertThat(err.toString()).isEmpty();
            assertThat(code).isZero();
            assertThat(out.toString()).contains("flow 2 REGISTER: SIP/2.0 200 OK", "de-REGISTER: SIP/2.0 200 OK");
        }
        assertThat(run(registerAt(ca, password, gone))).isEqualTo(1);
        assertThat(err.toString()).startsWith("pinhole ue: cannot connect to 127.0.0.1:");
    }
}
