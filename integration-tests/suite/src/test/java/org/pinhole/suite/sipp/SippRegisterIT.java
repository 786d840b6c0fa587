package org.pinhole.suite.sipp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.container.StandaloneContainer;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;

/** sipp, which knows nothing of us, registers through a TLS wrapper at a container that Pinhole was installed into. */
@NeedsPeer({"sipp", "socat"})
class SippRegisterIT {
    private static final Path SCENARIO = Path.of("src/test/sipp").toAbsolutePath();
    private static final int PHONES = 50;
    private static final String REALM = "pinhole.test";
    private static final String PASSWORD = "secret"; // as in users.csv
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration SIPP = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before each test
    private Path folder;

    @Test
    @Tag("K-2")
    @Tag("O-9")
    @Tag("O-12")
    @Tag("D-1")
    @Tag("D-3")
    void fiftyPhonesRegisterAndEachIsToldHowOftenToPing() throws Exception {
        int tlsPort = freePort();
        int plainPort = freePort();
        Path home = Path.of(System.getProperty("pinhole.containers", "target/containers"), "sipp")
                .toAbsolutePath();
        ContainerParts parts = ContainerParts.ofThisBuild();
        try (StandaloneContainer container =
                StandaloneContainer.assemble(parts, ContainerPorts.free(), home, progress -> {})) {
            install(parts.distributionZip(), home);
            configure(home, tlsPort);
            container.deploy(parts.registrarWar(), "registrar");
            container.start(Jdk.running(), START);

            try (Foreign wrapper = tlsWrapper(plainPort, tlsPort, home.resolve("conf/pinhole/ca.pem"))) {
                await().ignoreExceptions().until(() -> accepts(plainPort));
                try (Foreign sipp = sipp(plainPort)) {
                    int code = sipp.await(SIPP);

                    assertThat(code)
                            .as(
                                    "sipp said:%n%s%nthe wrapper:%n%s%nthe container: %s",
                                    sipp.output(), wrapper.output(), container.log())
                            .isZero();
                }
            }
        }
    }

    private void install(Path zip, Path home) throws IOException, InterruptedException {
        Path unpacked = Files.createDirectory(folder.resolve("distribution"));
        Path jar = Jdk.running().home().resolve("bin/jar");
        Foreign.start(unpacked, "jar", jar.toString(), "xf", zip.toString()).awaitSuccess(SIPP);
        try (var tops = Files.newDirectoryStream(unpacked, Files::isDirectory)) {
            Path top = tops.iterator().next();
            Foreign.start(folder, "install", "sh", top.resolve("bin/pinhole").toString(), "install", home.toString())
                    .awaitSuccess(SIPP);
        }
    }

    /** MD5 first, because sipp looks at the first challenge only; see the scenario's comment. */
    private static void configure(Path home, int tlsPort) throws IOException {
        List<String> settings = List.of(
                "",
                "pinhole.connector=tls://127.0.0.1:" + tlsPort,
                "pinhole.role=registrar",
                "pinhole.digest.realm=" + REALM,
                "pinhole.digest.algorithms=MD5,SHA-256",
                "pinhole.tls.self-signed-names=" + REALM + ",localhost,127.0.0.1");
        Files.write(home.resolve("conf/pinhole.properties"), settings, StandardOpenOption.APPEND);
        Files.write(home.resolve("conf/pinhole.users"), Users.named("user", PHONES, REALM, PASSWORD));
    }

    private Foreign tlsWrapper(int plainPort, int tlsPort, Path caFile) throws IOException {
        return Foreign.start(
                folder,
                "socat",
                "socat",
                "TCP-LISTEN:" + plainPort + ",bind=127.0.0.1,fork,reuseaddr",
                "OPENSSL:127.0.0.1:" + tlsPort + ",cafile=" + caFile + ",commonname=" + REALM + ",snihost=" + REALM);
    }

    private Foreign sipp(int plainPort) throws IOException {
        return Foreign.start(
                folder,
                "sipp",
                "sipp -nostdin -t tn -max_socket 1000 -m %1$d -r %1$d -timeout 45 -timeout_error -i 127.0.0.1 -auth_uri %2$s -trace_err"
                        .formatted(PHONES, REALM)
                        .concat(" -error_file sipp.errors -trace_msg -message_file sipp.messages -sf "
                                + SCENARIO.resolve("register.xml"))
                        .concat(" -inf " + SCENARIO.resolve("users.csv") + " 127.0.0.1:" + plainPort)
                        .split(" ", -1));
    }

    private static boolean accepts(int port) throws IOException {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
