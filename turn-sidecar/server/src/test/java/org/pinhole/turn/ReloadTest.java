package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pinhole.turn.Operator.assertIsError;
import static org.pinhole.turn.Operator.assertIsSuccess;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.TransportProtocol;

/** What a reload changes, and what calls notice of it: nothing. */
class ReloadTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    @RegisterExtension
    final Operator operator = new Operator();

    @Test
    void aReloadBringsUsersAndQuotasAndKeepsAllocations() throws Exception {
        LiveServer server = operator.server();
        TestClient bob = operator.tcp(server);
        assertIsSuccess(bob.ask("bob", "builder", StunMethod.ALLOCATE, UDP));
        Files.writeString(operator.config(), "user = carol:singer\nuser-quota = 1\n");

        assertThat(operator.post(server, "/reload", "open-sesame").body()).isEqualTo("done\n");

        assertIsSuccess(operator.tcp(server).ask("carol", "singer", StunMethod.ALLOCATE, UDP));
        assertIsError(486, operator.tcp(server).ask("carol", "singer", StunMethod.ALLOCATE, UDP));
        assertIsError(401, operator.tcp(server).ask("bob", "builder", StunMethod.ALLOCATE, UDP));
        assertIsSuccess(bob.ask("bob", "builder", StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER)));
        assertIsError(401, bob.ask("bob", "builder", StunMethod.REFRESH, new Lifetime(600)));
    }

    @Test
    @Tag("T-22")
    void aReloadBringsPeersThatAreAllowedAndDenied() throws Exception {
        LiveServer server = operator.server();
        TestClient client = operator.tcp(server);
        XorPeerAddress other = new XorPeerAddress(new InetSocketAddress("127.0.0.5", 9));
        assertIsSuccess(client.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));
        assertIsError(403, client.ask("alice", "wonderland", StunMethod.CREATE_PERMISSION, other));
        Files.writeString(operator.config(), "user = bob:builder\nallow-peer = 127.0.0.5\ndeny-peer = 127.0.0.1\n");

        assertThat(server.reload()).isEqualTo("done");

        assertIsSuccess(client.ask("alice", "wonderland", StunMethod.CREATE_PERMISSION, other));
        assertIsError(403, client.ask("alice", "wonderland", StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER)));
    }

    @Test
    void aBrokenFileChangesNothingAndSaysItsLine() throws Exception {
        LiveServer server = operator.server();
        Files.writeString(operator.config(), "user = carol:singer\nuser-qouta = 1\n");

        HttpResponse<String> answer = operator.post(server, "/reload", "open-sesame");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .contains(operator.config() + " line 2: unknown key 'user-qouta'; did you mean 'user-quota'?")
                .contains("nothing was changed");
        assertIsError(401, operator.tcp(server).ask("carol", "singer", StunMethod.ALLOCATE, UDP));
        assertIsSuccess(operator.tcp(server).ask("bob", "builder", StunMethod.ALLOCATE, UDP));
    }

    @Test
    void whatTakesARestartIsNamed() throws Exception {
        LiveServer server = operator.server();
        Files.writeString(operator.config(), "user = bob:builder\nidle-seconds = 77\n");

        assertThat(server.reload()).contains("take a restart: the limits of TCP and TLS connections");
    }

    @Test
    void whatTookNoEffectIsNamedByEveryReload() throws Exception {
        LiveServer server = operator.server();
        Files.writeString(operator.config(), "user = bob:builder\nidle-seconds = 77\n");

        assertThat(server.reload()).contains("take a restart: the limits of TCP");
        assertThat(server.reload()).contains("take a restart: the limits of TCP");
        Files.writeString(operator.config(), "user = bob:builder\n");
        assertThat(server.reload()).isEqualTo("done");
    }

    @Test
    void theAdminPortInUseStaysNoPeerWhateverAReloadSaysOfIt() throws Exception {
        InetSocketAddress inUse = new InetSocketAddress(InetAddress.getLoopbackAddress(), LowPorts.free());
        LiveServer server = LiveServer.start(
                "--tcp-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:" + inUse.getPort(),
                "--admin-token-file=" + operator.token());
        operator.ends(server);
        List<String> without = List.of(
                "--realm=pinhole.test",
                "--tcp-listen=127.0.0.1:0",
                "--user=alice:wonderland",
                "--allow-peer=127.0.0.1",
                "--relay-address=127.0.0.1");
        try (Reloader reloader =
                new Reloader(without, TurnMain.parse(without), server.server(), InstantSource.system())) {
            assertThat(reloader.reload()).contains("take a restart:", "--admin-listen or its token");
        }
        TestClient client = operator.tcp(server);
        assertIsSuccess(client.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));

        assertIsError(
                403,
                client.ask(
                        "alice",
                        "wonderland",
                        StunMethod.CHANNEL_BIND,
                        new ChannelNumber(0x4000),
                        new XorPeerAddress(inUse)));
    }

    @Test
    void aReloadWithAnotherRealmIsRefusedAndEverybodyStillGetsIn() throws Exception {
        LiveServer server = operator.server();
        List<String> arguments = List.of(
                "--realm=elsewhere.test",
                "--tcp-listen=127.0.0.1:0",
                "--relay-address=127.0.0.1",
                "--user=bob:builder");
        InstantSource clock = InstantSource.system();

        try (Reloader reloader = new Reloader(arguments, TurnMain.parse(arguments), server.server(), clock)) {
            assertThatThrownBy(reloader::reload)
                    .isInstanceOf(StartException.class)
                    .hasMessage("--realm elsewhere.test: this server runs with the realm pinhole.test,"
                            + " and another takes a restart");
        }

        assertIsSuccess(operator.tcp(server).ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));
    }

    @Test
    void aFaultOfOurOwnDoesNotEndTheWatchOfFiles() throws Exception {
        LiveServer server = operator.server();
        List<String> arguments = List.of(
                "--realm=pinhole.test",
                "--udp-listen=127.0.0.1:0",
                "--user=a:b",
                "--tls-ticket-key-file=" + operator.folder().resolve("tickets"));
        InstantSource broken = () -> {
            throw new IllegalStateException("a broken clock");
        };

        try (Reloader reloader = new Reloader(arguments, TurnMain.parse(arguments), server.server(), broken)) {
            assertThatCode(reloader::reloadAndSay).doesNotThrowAnyException();
        }
    }

    /** A certificate: renewals tell nobody. */
    @Test
    void aFileThatWasBrokenIsReadWhenItHasBeenRepaired() throws Exception {
        PemPair before = PemPair.write(operator.folder(), "turn", "turn.test");
        List<String> options = new ArrayList<>(before.options());
        options.addAll(List.of("--tls-listen=127.0.0.1:0", "--watch-seconds=1"));
        try (LiveProcess process = LiveProcess.start(operator.folder(), List.of(), options)) {
            Files.writeString(before.certificate(), "-----BEGIN CERTIFICATE-----\nhalf of\n");
            process.awaitLog("reload: --certificate-file " + before.certificate());
            assertThat(process.log()).contains("; nothing was changed");

            PemPair after = PemPair.write(operator.folder(), "turn", "turn.test");

            process.awaitLog("reload: done");
            try (TestClient client = TestClient.stream(after.sockets(), process.address(TransportProtocol.TLS))) {
                assertThat(client.binding().type().kind())
                        .as("to who trusts the new one alone")
                        .isEqualTo(StunClass.SUCCESS);
            }
            assertThat(process.stop()).isZero();
        }
    }

    /** Whoever runs the tests behind nohup has the signal ignored, and what is started inherits that: hence the launcher. */
    @Test
    void aHangupReloads() throws Exception {
        List<String> options =
                List.of("--tcp-listen=127.0.0.1:0", "--watch-seconds=0", "--config=" + operator.config());
        List<String> launcher = List.of("env", "--default-signal=HUP");
        try (LiveProcess process = LiveProcess.start(operator.folder(), launcher, options)) {
            Files.writeString(operator.config(), "user = bob:builder\nqueue-kilobytes = 3000000\n");
            process.hangUp();
            process.awaitLog("reload: --config " + operator.config()
                    + " line 2: --queue-kilobytes 3000000: allowed is 1 to 1048576; nothing was changed");

            Files.writeString(operator.config(), "user = carol:singer\n");
            process.hangUp();

            process.awaitLog("reload: done");
            try (TestClient carol = TestClient.tcp(process.address(TransportProtocol.TCP))) {
                assertIsSuccess(carol.ask("carol", "singer", StunMethod.ALLOCATE, UDP));
            }
        }
    }

    @Test
    void aFileThatChangesIsReadByItself() throws Exception {
        LiveServer server = operator.server("--watch-seconds=1", "--unverified-answers-per-second=0");
        Files.writeString(operator.config(), "user = dave:diver\n");

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        TestClient dave = operator.tcp(server);
        StunMessage answer;
        do {
            answer = dave.ask("dave", "diver", StunMethod.ALLOCATE, UDP);
        } while (answer.type().kind() != StunClass.SUCCESS && System.nanoTime() < deadline);

        assertIsSuccess(answer);
    }

    @Test
    @Tag("T-6")
    void tcpRelaysCanBeTurnedOffAndOnAgain() throws Exception {
        LiveServer server = operator.server();
        RequestedTransport tcp = new RequestedTransport(RequestedTransport.TCP);
        Files.writeString(operator.config(), "user = bob:builder\nno-tcp-relays = true\n");
        assertThat(server.reload()).isEqualTo("done");

        assertIsError(442, operator.tcp(server).ask("bob", "builder", StunMethod.ALLOCATE, tcp));
        assertIsSuccess(operator.tcp(server).ask("bob", "builder", StunMethod.ALLOCATE, UDP));

        Files.writeString(operator.config(), "user = bob:builder\n");
        assertThat(server.reload()).isEqualTo("done");
        assertIsSuccess(operator.tcp(server).ask("bob", "builder", StunMethod.ALLOCATE, tcp));
    }
}
