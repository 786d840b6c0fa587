package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;
import org.pinhole.ue.doubles.EdgeDouble;
import org.pinhole.ue.doubles.TestCertificates;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.sip.UserAgent;
import org.pinhole.ue.sip.WireListener;
import org.pinhole.ue.tunnel.ConnectRefused;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.ProxyCredentials;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

/** What squid and tinyproxy ask for, each in every way that they know, answered by the UE. */
@Tag("U-8")
class ProxyAuthenticationIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NAME = "edge.pinhole.test";
    private static final TestCertificates CERTIFICATES = TestCertificates.make("The double's CA", NAME);

    @TempDir
    private Path folder;

    private EdgeDouble edge;
    private @Nullable Foreign proxy;

    @BeforeEach
    void anEdge() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx")); // squid drops root
        edge = new EdgeDouble(CERTIFICATES, Map.of("alice", "wonder"));
    }

    @AfterEach
    void theyEnd() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        edge.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "basic", "digest"})
    @NeedsPeer("squid")
    @Tag("U-17")
    void squidLetsTheUeThroughByName(String scheme) throws Exception {
        HostPort address = squid(scheme);

        try (UserAgent alice = phone(new HttpProxy(address, ProxyCredentials.of("visitor", "let me out")), NAME)) {
            assertThat(alice.register().keepSeconds()).isEqualTo(45);
            assertThat(alice.connectReply()).extracting(ConnectReply::status).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "digest"})
    @NeedsPeer("squid")
    void squidRefusesAnotherPasswordAndTheUeSaysSo(String scheme) throws Exception {
        HttpProxy guessing = new HttpProxy(squid(scheme), ProxyCredentials.of("visitor", "guessed"));

        assertThatThrownBy(() -> phone(guessing, NAME))
                .isInstanceOf(ConnectRefused.class)
                .hasMessageContaining("did not take the proxy user and password")
                .hasMessageNotContaining("guessed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "basic"})
    @NeedsPeer("tinyproxy")
    void tinyproxyLetsTheUeThrough(String scheme) throws Exception {
        HostPort address = tinyproxy(scheme);

        try (UserAgent alice = phone(new HttpProxy(address, ProxyCredentials.of("visitor", "letmeout")), "127.0.0.1")) {
            assertThat(alice.register().keepSeconds()).isEqualTo(45);
        }
    }

    @Test
    @NeedsPeer("tinyproxy")
    void tinyproxyThatAsksIsNamedWithItsScheme() throws Exception {
        HttpProxy nobody = HttpProxy.at(tinyproxy("basic"));

        assertThatThrownBy(() -> phone(nobody, "127.0.0.1"))
                .isInstanceOf(ConnectRefused.class)
                .hasMessageContaining("it wants a user (Basic realm=");
    }

    private UserAgent phone(HttpProxy through, String host) throws IOException {
        TunnelRoute route = TunnelRoute.to(
                        new HostPort(host, edge.address().getPort()),
                        Trust.ofPem(CERTIFICATES.writeCa(folder.resolve("ca.pem"))))
                .named(NAME)
                .through(through);
        return UserAgent.connect(UeSettings.of(route, "pinhole.test", "alice", "wonder"), WireListener.NONE);
    }

    private HostPort squid(String scheme) throws Exception {
        int port = LoopbackPort.free();
        List<String> lines = new ArrayList<>(List.of(
                "http_port 127.0.0.1:" + port,
                "visible_hostname proxy.pinhole.test",
                "half_closed_clients off",
                "cache deny all",
                "cache_mem 8 MB",
                "access_log none",
                "cache_log " + folder.resolve("cache.log"),
                "pid_filename none",
                "coredump_dir " + folder,
                "cache_effective_user proxy",
                "shutdown_lifetime 0 seconds",
                "pinger_enable off",
                "dns_nameservers 127.0.0.1",
                "hosts_file " + Files.writeString(folder.resolve("hosts"), "127.0.0.1 " + NAME + "\n")));
        lines.addAll(asking(scheme));
        Path file = Files.write(folder.resolve("squid.conf"), lines);
        proxy = Foreign.start(folder, "squid", "squid", "-n", "auth" + port, "-N", "-f", file.toString());
        return listening(port);
    }

    private List<String> asking(String scheme) throws Exception {
        if (scheme.equals("none")) {
            return List.of("http_access allow all");
        }
        boolean digest = scheme.equals("digest");
        Path users = digest ? digestUsers() : basicUsers();
        return List.of(
                "auth_param " + scheme + " program /usr/lib/squid/"
                        + (digest ? "digest_file_auth -c " : "basic_ncsa_auth ") + users,
                "auth_param " + scheme + " realm office, main building",
                "auth_param " + scheme + " children 1 startup=1",
                "acl authenticated proxy_auth REQUIRED",
                "http_access allow authenticated",
                "http_access deny all");
    }

    /** USER:REALM:H(A1), as digest_file_auth wants it with -c. */
    private Path digestUsers() throws Exception {
        String a1 = "visitor:office, main building:let me out";
        byte[] hash = MessageDigest.getInstance("MD5").digest(a1.getBytes(StandardCharsets.UTF_8));
        String line = "visitor:office, main building:" + HexFormat.of().formatHex(hash) + "\n";
        return Files.writeString(folder.resolve("digest.users"), line);
    }

    private Path basicUsers() throws Exception {
        try (Foreign openssl = Foreign.start(folder, "passwd", "openssl", "passwd", "-apr1", "let me out")) {
            openssl.awaitSuccess(SOON);
            return Files.writeString(folder.resolve("basic.users"), "visitor:" + openssl.output());
        }
    }

    private HostPort tinyproxy(String scheme) throws Exception {
        int port = LoopbackPort.free();
        List<String> lines = new ArrayList<>(List.of(
                "Port " + port,
                "Listen 127.0.0.1",
                "Timeout 60",
                "LogFile \"" + folder.resolve("tinyproxy.log") + "\"",
                "MaxClients 10",
                "ConnectPort " + edge.address().getPort()));
        if (scheme.equals("basic")) {
            lines.add("BasicAuth visitor letmeout");
        }
        Path file = Files.write(folder.resolve("tinyproxy.conf"), lines);
        proxy = Foreign.start(folder, "tinyproxy", "tinyproxy", "-d", "-c", file.toString());
        return listening(port);
    }

    private static HostPort listening(int port) {
        await().atMost(SOON).until(() -> {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return probe.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
        return new HostPort("127.0.0.1", port);
    }
}
