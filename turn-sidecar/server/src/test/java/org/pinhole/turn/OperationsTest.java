package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.stun.AlternateDomain;
import org.pinhole.stun.AlternateServer;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.auth.EphemeralUsers;
import picocli.CommandLine;

/** What an operator sees and does while the server runs, and what calls notice of it: nothing. */
class OperationsTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Path token;
    private Path config;

    @BeforeEach
    void aTokenAndAConfigFile() throws IOException {
        token = Files.writeString(folder.resolve("token"), "open-sesame\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        config = Files.writeString(folder.resolve("turn.conf"), "user = bob:builder\n");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    /** CVE-2018-4059 was an admin port without a password. */
    @Test
    void nobodyGetsPastTheAdminPortWithoutTheToken() throws Exception {
        LiveServer server = server();

        for (String path : List.of("/metrics", "/status", "/health", "/ready", "/", "/nothing")) {
            assertThat(get(server, path, null).statusCode()).isEqualTo(401);
            assertThat(get(server, path, "open-sesamf").statusCode()).isEqualTo(401);
        }
        assertThat(post(server, "/drain", "").statusCode()).isEqualTo(401);
        assertThat(get(server, "/ready", "open-sesame").body()).isEqualTo("ready\n");
        assertThat(get(server, "/nothing", "open-sesame").statusCode()).isEqualTo(404);
        assertThat(get(server, "/drain", "open-sesame").statusCode()).isEqualTo(404);
    }

    @Test
    void theAdminPortIsOnLoopbackOnly() {
        assertThatThrownBy(() -> LiveServer.start("--admin-listen=0.0.0.0:0", "--admin-token-file=" + token))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("--admin-listen 0.0.0.0:0: allowed is a loopback address");
    }

    @Test
    void prometheusSeesAllocationsAndTrafficWhileTheyLast() throws Exception {
        LiveServer server = server();
        TestClient client = tcp(server);
        assertIsSuccess(client.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));

        String live = get(server, "/metrics", "open-sesame").body();

        assertThat(live)
                .contains("pinhole_turn_allocations 1.0\n", "pinhole_turn_users 1.0\n")
                .contains("pinhole_turn_allocations_opened_total{transport=\"tcp\"} 1.0\n")
                .contains("pinhole_turn_requests_total{answer=\"success\",method=\"allocate\"} 1.0\n")
                .contains("pinhole_turn_requests_total{answer=\"401\",method=\"refresh\"} 1.0\n")
                .contains("pinhole_turn_client_connections 1.0\n")
                .contains("# TYPE pinhole_turn_tls_handshake_seconds histogram\n")
                .contains("pinhole_turn_relayed_bytes_total{direction=\"to_peer\"} 0.0\n")
                .doesNotContain("alice", "127.0.0.1"); // labels are bounded: nothing that a client can choose
        client.ask("alice", "wonderland", StunMethod.REFRESH, new Lifetime(0));
        assertThat(get(server, "/metrics", "open-sesame").body())
                .contains("pinhole_turn_allocations 0.0\n")
                .contains("pinhole_turn_allocations_ended_total{reason=\"released\"} 1.0\n")
                .contains("pinhole_turn_allocation_seconds_count 1\n");
    }

    @Test
    void theStatusIsJson() throws Exception {
        LiveServer server = server();
        String status = get(server, "/status", "open-sesame").body();

        List<String> fields = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(status)) {
            for (JsonToken next = json.nextToken(); next != null; next = json.nextToken()) {
                if (next == JsonToken.FIELD_NAME) {
                    fields.add(json.currentName());
                }
            }
        }

        assertThat(fields).contains("state", "version", "server", "metrics", "pinhole_turn_allocations", "value");
        assertThat(status).contains("\"state\" : \"serving\"");
    }

    @Test
    void aReloadBringsUsersAndQuotasAndKeepsAllocations() throws Exception {
        LiveServer server = server();
        TestClient bob = tcp(server);
        assertIsSuccess(bob.ask("bob", "builder", StunMethod.ALLOCATE, UDP));
        Files.writeString(config, "user = carol:singer\nuser-quota = 1\n");

        assertThat(post(server, "/reload", "open-sesame").body()).isEqualTo("done\n");

        assertIsSuccess(tcp(server).ask("carol", "singer", StunMethod.ALLOCATE, UDP));
        assertIsError(486, tcp(server).ask("carol", "singer", StunMethod.ALLOCATE, UDP));
        assertIsError(401, tcp(server).ask("bob", "builder", StunMethod.ALLOCATE, UDP));
        assertIsSuccess(bob.ask("bob", "builder", StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER)));
        assertIsError(401, bob.ask("bob", "builder", StunMethod.REFRESH, new Lifetime(600)));
    }

    @Test
    @Tag("T-22")
    void aReloadBringsPeersThatAreAllowedAndDenied() throws Exception {
        LiveServer server = server();
        TestClient client = tcp(server);
        XorPeerAddress other = new XorPeerAddress(new InetSocketAddress("127.0.0.5", 9));
        assertIsSuccess(client.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));
        assertIsError(403, client.ask("alice", "wonderland", StunMethod.CREATE_PERMISSION, other));
        Files.writeString(config, "user = bob:builder\nallow-peer = 127.0.0.5\ndeny-peer = 127.0.0.1\n");

        assertThat(server.reload()).isEqualTo("done");

        assertIsSuccess(client.ask("alice", "wonderland", StunMethod.CREATE_PERMISSION, other));
        assertIsError(403, client.ask("alice", "wonderland", StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER)));
    }

    @Test
    void aBrokenFileChangesNothingAndSaysItsLine() throws Exception {
        LiveServer server = server();
        Files.writeString(config, "user = carol:singer\nuser-qouta = 1\n");

        HttpResponse<String> answer = post(server, "/reload", "open-sesame");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .contains(config + " line 2: unknown key 'user-qouta'; did you mean 'user-quota'?")
                .contains("nothing was changed");
        assertIsError(401, tcp(server).ask("carol", "singer", StunMethod.ALLOCATE, UDP));
        assertIsSuccess(tcp(server).ask("bob", "builder", StunMethod.ALLOCATE, UDP));
    }

    @Test
    void whatTakesARestartIsNamed() throws Exception {
        LiveServer server = server();
        Files.writeString(config, "user = bob:builder\nidle-seconds = 77\n");

        assertThat(server.reload()).contains("take a restart: the limits of TCP and TLS connections");
    }

    @Test
    void whatTookNoEffectIsNamedByEveryReload() throws Exception {
        LiveServer server = server();
        Files.writeString(config, "user = bob:builder\nidle-seconds = 77\n");

        assertThat(server.reload()).contains("take a restart: the limits of TCP");
        assertThat(server.reload()).contains("take a restart: the limits of TCP");
        Files.writeString(config, "user = bob:builder\n");
        assertThat(server.reload()).isEqualTo("done");
    }

    @Test
    void theAdminPortInUseStaysNoPeerWhateverAReloadSaysOfIt() throws Exception {
        InetSocketAddress inUse = new InetSocketAddress(InetAddress.getLoopbackAddress(), LiveServer.freePort());
        LiveServer server = LiveServer.start(
                "--tcp-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:" + inUse.getPort(),
                "--admin-token-file=" + token);
        open.add(server);
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
        TestClient client = tcp(server);
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
        LiveServer server = server();
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

        assertIsSuccess(tcp(server).ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));
    }

    @Test
    void aFaultOfOurOwnDoesNotEndTheWatchOfFiles() throws Exception {
        LiveServer server = server();
        List<String> arguments = List.of(
                "--realm=pinhole.test",
                "--udp-listen=127.0.0.1:0",
                "--user=a:b",
                "--tls-ticket-key-file=" + folder.resolve("tickets"));
        InstantSource broken = () -> {
            throw new IllegalStateException("a broken clock");
        };

        try (Reloader reloader = new Reloader(arguments, TurnMain.parse(arguments), server.server(), broken)) {
            assertThatCode(reloader::reloadAndSay).doesNotThrowAnyException();
        }
    }

    @Test
    void aFileThatWasBrokenIsReadWhenItHasBeenRepaired() throws Exception {
        List<String> options = List.of("--tcp-listen=127.0.0.1:0", "--watch-seconds=1", "--config=" + config);
        try (LiveProcess process = LiveProcess.start(folder, List.of(), options)) {
            Files.writeString(config, "user = bob:builder\nqueue-kilobytes = 3000000\n");
            process.awaitLog("reload: --queue-kilobytes 3000000: allowed is 1 to 1048576; nothing was changed");

            Files.writeString(config, "user = carol:singer\n");

            process.awaitLog("reload: done");
            assertThat(process.stop()).isZero();
        }
    }

    @Test
    void whoeverReachesACapIsInTheLogWithTheOptionToChange() throws Exception {
        List<String> options = List.of("--tcp-listen=127.0.0.1:0", "--max-connections-per-source=1");
        try (LiveProcess process = LiveProcess.start(folder, List.of(), options);
                TestClient first = TestClient.tcp(process.address(TransportProtocol.TCP))) {
            first.binding();

            TestClient.tcp(process.address(TransportProtocol.TCP)).close();

            process.awaitLog("too many connections of one source");
            assertThat(process.log()).contains("see --max-connections and --max-connections-per-source");
        }
    }

    @Test
    void anOldSharedSecretOpensBesideTheNewOne() throws Exception {
        Path secrets = Files.writeString(folder.resolve("secrets"), "newest\n\n  oldest \n");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        LiveServer server = server("--shared-secret-file=" + secrets);
        String name = Instant.now().plus(Duration.ofHours(1)).getEpochSecond() + ":dora";

        for (String secret : List.of("newest", "oldest")) {
            String password =
                    EphemeralUsers.password(EphemeralUsers.Hash.SHA_1, secret.getBytes(StandardCharsets.UTF_8), name);
            assertIsSuccess(tcp(server).ask(name, password, StunMethod.ALLOCATE, UDP));
        }
        String both = EphemeralUsers.password(
                EphemeralUsers.Hash.SHA_1, "newest\n\n  oldest".getBytes(StandardCharsets.UTF_8), name);
        assertIsError(401, tcp(server).ask(name, both, StunMethod.ALLOCATE, UDP));
    }

    /** As a second SIGTERM would. */
    @Test
    void whoeverClosesTheServerOnceMoreHasNothingToDo() throws Exception {
        LiveServer server = server();
        int many = 8;
        CyclicBarrier together = new CyclicBarrier(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        Callable<Integer> close = () -> {
            int arrived = together.await();
            server.server().close();
            return arrived;
        };

        List<Future<Integer>> closed = threads.invokeAll(Collections.nCopies(many, close));
        threads.shutdown();

        assertThat(closed).allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofSeconds(30)));
        server.server().awaitClose();
    }

    @Test
    void aFileThatChangesIsReadByItself() throws Exception {
        LiveServer server = server("--watch-seconds=1", "--unverified-answers-per-second=0");
        Files.writeString(config, "user = dave:diver\n");

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        TestClient dave = tcp(server);
        StunMessage answer;
        do {
            answer = dave.ask("dave", "diver", StunMethod.ALLOCATE, UDP);
        } while (answer.type().kind() != StunClass.SUCCESS && System.nanoTime() < deadline);

        assertIsSuccess(answer);
    }

    @Test
    @Tag("T-20")
    void aDrainSendsNewClientsElsewhereAndEndsWithTheLastAllocation() throws Exception {
        LiveServer server = server("--alternate-server=192.0.2.7:443", "--alternate-domain=turn2.example.com");
        TestClient before = tcp(server);
        assertIsSuccess(before.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));

        assertThat(post(server, "/drain?seconds=600", "open-sesame").body()).startsWith("draining");

        StunMessage refusal = tcp(server).ask("alice", "wonderland", StunMethod.ALLOCATE, UDP);
        assertIsError(300, refusal);
        assertThat(refusal.require(AlternateServer.TYPE).address()).isEqualTo(new InetSocketAddress("192.0.2.7", 443));
        assertThat(refusal.require(AlternateDomain.TYPE).value()).isEqualTo("turn2.example.com");
        assertThat(get(server, "/ready", "open-sesame").statusCode()).isEqualTo(503);
        assertThat(get(server, "/health", "open-sesame").statusCode()).isEqualTo(200);
        assertIsSuccess(before.ask("alice", "wonderland", StunMethod.REFRESH, new Lifetime(600)));
        assertIsSuccess(before.ask("alice", "wonderland", StunMethod.REFRESH, new Lifetime(0)));
        server.server().awaitClose();
    }

    @Test
    @Tag("T-20")
    void aDrainWithoutAnAlternateRefusesAndEndsAtItsDeadline() throws Exception {
        LiveServer server = server();
        TestClient before = tcp(server);
        assertIsSuccess(before.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));
        server.server().drain(Duration.ofMinutes(10));

        assertIsError(508, tcp(server).ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));

        server.server().drain(Duration.ZERO);
        server.server().awaitClose();
    }

    @Test
    void theCommandLineTellsARunningServer() throws Exception {
        LiveServer server = server();
        String listen = "admin-listen = 127.0.0.1:" + server.admin().getPort();
        Path client = Files.writeString(folder.resolve("client.conf"), listen + "\nadmin-token-file = " + token + "\n");

        assertThat(control("status", "--config", client.toString())).contains("0 ", "\"state\" : \"serving\"");
        assertThat(control("reload", "--config", client.toString())).isEqualTo("0 done\n");
        assertThat(control("drain", "--config", client.toString(), "--drain-seconds=1"))
                .startsWith("0 draining");
        assertThat(control("status", "--config", config.toString())).startsWith("1 pinhole turn: status needs");
        server.server().awaitClose();
    }

    private static String control(String verb, String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine command = ControlMain.commandLine(verb);
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(out, true));
        return TurnMain.execute(List.of(arguments), command) + " " + out;
    }

    private LiveServer server(String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("--tcp-listen=127.0.0.1:0", "--config=" + config));
        options.addAll(List.of("--admin-listen=127.0.0.1:0", "--admin-token-file=" + token));
        options.addAll(List.of(more));
        LiveServer server = LiveServer.start(options.toArray(String[]::new));
        open.add(server);
        return server;
    }

    private TestClient tcp(LiveServer server) throws IOException {
        TestClient client =
                TestClient.stream(javax.net.SocketFactory.getDefault(), server.address(TransportProtocol.TCP));
        open.add(0, client);
        return client;
    }

    private static HttpResponse<String> get(LiveServer server, String path, @Nullable String token) throws Exception {
        return send(server, path, token, HttpRequest.newBuilder().GET());
    }

    private static HttpResponse<String> post(LiveServer server, String path, @Nullable String token) throws Exception {
        return send(server, path, token, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static HttpResponse<String> send(
            LiveServer server, String path, @Nullable String token, HttpRequest.Builder request) throws Exception {
        request.uri(URI.create("http://127.0.0.1:" + server.admin().getPort() + path));
        if (token != null && !token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void assertIsSuccess(StunMessage answer) {
        assertThat(answer.type().kind()).isEqualTo(StunClass.SUCCESS);
    }

    private static void assertIsError(int code, StunMessage answer) {
        assertThat(answer.require(ErrorCode.TYPE).code()).isEqualTo(code);
    }
}
