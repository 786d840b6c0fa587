package org.pinhole.ue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.ue.doubles.Deaf;
import org.pinhole.ue.doubles.DnsDouble;
import org.pinhole.ue.doubles.EdgeDouble;
import org.pinhole.ue.doubles.HostileProxy;
import org.pinhole.ue.doubles.TestCertificates;
import org.xbill.DNS.ResolverConfig;
import picocli.CommandLine;

class UeMainTest {
    private static final String DESKTOPS = "java.net.useSystemProxies";

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

    @ParameterizedTest
    @ValueSource(strings = {"", "register", "call", "answer", "relay"})
    void theHelpNamesTheExitCodes(String command) {
        assertThat(run(command.isEmpty() ? new String[] {"--help"} : new String[] {command, "--help"}))
                .isZero();
        assertThat(out.toString())
                .containsSubsequence(
                        "Exit codes:",
                        "0     Done.",
                        "1     Failed; one line on standard error says why.",
                        "2     The command line was not understood;",
                        "130   Ended by Ctrl-C");
    }

    @ParameterizedTest
    @ValueSource(strings = {"relay", "answer"})
    void whatIsNoTurnUriIsWrongUsage(String command) {
        assertThat(run(command, "--turn", "stun:x", "--user", "a")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'stun:x' is no TURN URI; write turn:HOST:PORT?transport=udp|tcp or turns:HOST:PORT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "61", "soon"})
    void aTimeToGatherInThatCannotBeIsWrongUsage(String value) {
        assertThat(run("answer", "--gather-within", value, "--user", "a")).isEqualTo(2);
        assertThat(err.toString()).contains("'" + value + "' is no time to gather in; write 1 to 60 seconds");
    }

    @Test
    @Tag("U-10")
    void aServerThatIsSilentIsWaitedForAsLongAsWasAskedFor() throws IOException {
        TestCertificates certificates = TestCertificates.make("The double's CA", "edge.pinhole.test");
        Path ca = certificates.writeCa(folder.resolve("ca.pem"));
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");
        try (EdgeDouble edge = new EdgeDouble(certificates, Map.of("alice", "wonder"));
                DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String uri = "turn:127.0.0.1:" + silent.getLocalPort() + "?transport=udp";
            edge.grantTurn(aor -> "turn;uris=\"" + uri + "\";username=\"1:alice\";credential=\"open\";expires=60");
            List<String> args = new ArrayList<>(List.of(registerAt(ca, password, edge)));
            args.set(0, "call");
            args.addAll(List.of("--audio", "--relay-only", "--gather-within", "1", "sip:nobody@pinhole.test"));

            assertThat(run(args.toArray(new String[0]))).isEqualTo(1);

            assertThat(out.toString()).contains(uri + ": no answer within 1 s");
        }
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
    void forMachinesAFailureIsTheLastObjectToo() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");

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
                "--json");

        assertThat(code).isEqualTo(1);
        assertThat(out.toString().lines())
                .last()
                .asString()
                .startsWith("{\"step\":\"result\",\"exit\":1,\"seen\":\"cannot connect to 127.0.0.1:1: ");
    }

    @ParameterizedTest
    @CsvSource({"--packets, 0", "--size, 3", "--size, -1"})
    void packetsThatCannotBeAreWrongUsage(String option, String value) {
        assertThat(run("relay", "--turn", "turn:127.0.0.1:1", "--user", "a", option, value))
                .isEqualTo(2);
        assertThat(err.toString()).contains("at least one packet, and ");
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
                    .contains("response=…", "rspauth=…")
                    .doesNotContain("wonder", "response=\"", "rspauth=\"");
            assertThat(folder.resolve("instance-id")).exists();
        }
    }

    private String[] registerAt(Path ca, Path password, EdgeDouble... edges) {
        return registerAt(
                ca,
                password,
                Stream.of(edges).map(edge -> edge.address().getPort()).toList());
    }

    private String[] registerAt(Path ca, Path password, List<Integer> ports) {
        List<String> args = new ArrayList<>(List.of("register"));
        ports.forEach(port -> args.addAll(List.of("--server", "127.0.0.1:" + port)));
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
                .contains("{\"step\":\"de-REGISTER\",\"seen\":\"SIP/2.0 200 OK\"}")
                .endsWith("{\"step\":\"result\",\"exit\":0,\"seen\":\"done\"}");
        assertThat(err.toString()).contains("> REGISTER sip:pinhole.test SIP/2.0");
    }

    @Test
    @Tag("U-5")
    void anEdgeThatIsNotThereIsToldAndTheOtherServes() throws IOException {
        TestCertificates certificates = TestCertificates.make("The double's CA", "edge.pinhole.test");
        Path ca = certificates.writeCa(folder.resolve("ca.pem"));
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");
        try (Deaf gone = new Deaf();
                EdgeDouble edge = new EdgeDouble(certificates, Map.of("alice", "wonder"))) {
            int code = run(
                    registerAt(ca, password, List.of(gone.port(), edge.address().getPort())));

            assertThat(err.toString()).isEmpty();
            assertThat(code).isZero();
            assertThat(out.toString()).contains("flow 2 REGISTER: SIP/2.0 200 OK", "de-REGISTER: SIP/2.0 200 OK");
            assertThat(run(registerAt(ca, password, List.of(gone.port())))).isEqualTo(1);
            assertThat(err.toString()).startsWith("pinhole ue: cannot connect to 127.0.0.1:");
        }
    }

    @Test
    void theTraceHoldsNothingThatOpensARelay() throws IOException {
        TestCertificates certificates = TestCertificates.make("The double's CA", "edge.pinhole.test");
        Path ca = certificates.writeCa(folder.resolve("ca.pem"));
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");
        try (EdgeDouble edge = new EdgeDouble(certificates, Map.of("alice", "wonder"))) {
            edge.grantTurn(aor ->
                    "turn;uris=\"turns:turn.test:443\";username=\"1:alice\";credential=\"open \\\"sesame\";expires=60");
            List<String> args = new ArrayList<>(List.of(registerAt(ca, password, edge)));
            args.add("--trace");

            assertThat(run(args.toArray(new String[0]))).isZero();
        }
        assertThat(out.toString())
                .contains("username=\"1:alice\";credential=…;expires=60")
                .doesNotContain("sesame", "wonder");
    }

    @Test
    void aRelayThatIsNotGrantedIsAFailureOfOneLine() throws IOException {
        TestCertificates certificates = TestCertificates.make("The double's CA", "edge.pinhole.test");
        Path ca = certificates.writeCa(folder.resolve("ca.pem"));
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");
        try (EdgeDouble edge = new EdgeDouble(certificates, Map.of("alice", "wonder"))) {
            List<String> args = new ArrayList<>(
                    List.of("relay", "--server", "127.0.0.1:" + edge.address().getPort()));
            args.addAll(List.of("--server-name", "edge.pinhole.test", "--user", "alice", "--domain", "pinhole.test"));
            args.addAll(List.of("--password-file", password.toString(), "--ca-file", ca.toString()));

            assertThat(run(args.toArray(new String[0]))).isEqualTo(1);
        }
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("pinhole ue: the 200 to REGISTER grants no relay: it has no P-Pinhole-Turn; ");
    }

    /** Registers at whatever edge the DNS names, which is this one by the name localhost. */
    private int registerByDns(EdgeDouble edge, Path ca, Path password) throws IOException {
        Map<String, List<byte[]>> zone = Map.of(
                "_sips._tcp.pinhole.test. " + DnsDouble.SRV,
                List.of(DnsDouble.srv(edge.address().getPort(), "localhost")));
        try (DnsDouble dns = DnsDouble.answering(zone)) {
            System.setProperty("dns.server", "127.0.0.1:" + dns.address().getPort());
            ResolverConfig.refresh();
            return run(
                    "register",
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
                    "0");
        } finally {
            System.clearProperty("dns.server");
            ResolverConfig.refresh();
        }
    }

    @Test
    @Tag("U-1")
    @Tag("U-11")
    void anEdgeThatTheDnsNamedHasToShowTheNameOfTheDomain() throws IOException {
        TestCertificates ofTheTarget = TestCertificates.make("The double's CA", "localhost");
        TestCertificates ofTheDomain = TestCertificates.make("The double's CA", "pinhole.test");
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");
        try (EdgeDouble edge = new EdgeDouble(ofTheTarget, Map.of("alice", "wonder"))) {
            int code = registerByDns(edge, ofTheTarget.writeCa(folder.resolve("ca.pem")), password);

            assertThat(code).isEqualTo(1);
            assertThat(err.toString()).contains("the certificate is for [localhost], not for pinhole.test");
            assertThat(edge.bound("sip:alice@pinhole.test")).isFalse();
        }
        try (EdgeDouble edge = new EdgeDouble(ofTheDomain, Map.of("alice", "wonder"))) {
            int code = registerByDns(edge, ofTheDomain.writeCa(folder.resolve("ca2.pem")), password);

            assertThat(code).as(err.toString()).isZero();
            assertThat(out.toString()).contains("discovery: the DNS names [localhost:", "REGISTER: SIP/2.0 200 OK");
        }
    }

    @Test
    @Tag("U-8")
    void aProxyUserWithoutPasswordIsWrongUsage() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");

        int code = run(
                "register",
                "--server",
                "edge.test:443",
                "--user",
                "alice",
                "--domain",
                "d",
                "--password-file",
                password.toString(),
                "--proxy-user",
                "visitor");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("pinhole ue: --proxy-user and --proxy-password-file: give both, or neither;"
                        + " see pinhole ue register --help");
    }

    @Test
    @Tag("U-17")
    void aProxyGivenAsUrlIsRefusedWithoutItsPassword() {
        assertThat(run("register", "--proxy", "http://u:secret@proxy:3128", "--user", "a", "--domain", "d"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("a URL is none; write HOST:PORT").doesNotContain("secret");
    }

    @Test
    @Tag("U-17")
    void theProxyOfTheSystemIsGoneThrough() throws IOException {
        String before = System.getProperty(DESKTOPS);
        TestCertificates certificates = TestCertificates.make("The double's CA", "edge.pinhole.test");
        Path ca = certificates.writeCa(folder.resolve("ca.pem"));
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");
        try (EdgeDouble edge = new EdgeDouble(certificates, Map.of("alice", "wonder"));
                HostileProxy proxy = new HostileProxy(edge.address(), (head, to) -> {
                    to.say("HTTP/1.1 200 By the system\r\n\r\n");
                    return to.tunnel();
                })) {
            System.clearProperty(DESKTOPS);
            System.setProperty("https.proxyHost", proxy.address().host());
            System.setProperty("https.proxyPort", String.valueOf(proxy.address().port()));
            List<String> args = new ArrayList<>(List.of(registerAt(ca, password)));
            args.addAll(List.of("--server", "edge.pinhole.test:443", "--proxy", "system"));

            int code = run(args.toArray(new String[0]));

            assertThat(code).as(err.toString()).isZero();
            assertThat(out.toString()).contains("CONNECT: HTTP/1.1 200 By the system");
            assertThat(System.getProperty(DESKTOPS)).as("the desktop's too").isEqualTo("true");
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
            if (before == null) {
                System.clearProperty(DESKTOPS);
            } else {
                System.setProperty(DESKTOPS, before);
            }
        }
    }
}
