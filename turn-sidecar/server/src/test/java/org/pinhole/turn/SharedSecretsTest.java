package org.pinhole.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.pinhole.turn.Operator.assertIsError;
import static org.pinhole.turn.Operator.assertIsSuccess;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.turn.auth.EphemeralUsers;

/** Static users, expiring credentials of one or several secrets, and the SIP look-up, at once. */
class SharedSecretsTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    @RegisterExtension
    final Operator operator = new Operator();

    /** coturn #148: a shared secret that is configured shuts out everybody who has a password. */
    @Test
    @Tag("T-17")
    @Tag("T-8")
    void everyKindOfUserIsServedBesideTheOthersAndNoneByTheWordOfAnother() throws Exception {
        Path secret = secretFile("secret", "northwind");
        Path token = secretFile("key-token", "token");
        Path users = Files.writeString(
                operator.folder().resolve("users"), "dave:pinhole.test:" + md5("dave:pinhole.test:diver") + "\n");
        HttpServer sip = sipSide("erin", md5("erin:pinhole.test:emerald"));
        LiveServer server = operator.server(
                "--user=carol:singer",
                "--user-file=" + users,
                "--shared-secret-file=" + secret,
                "--key-lookup=http://127.0.0.1:" + sip.getAddress().getPort() + "/turn-key",
                "--key-lookup-token-file=" + token);
        String expiring = Instant.now().plus(Duration.ofHours(1)).getEpochSecond() + ":erin";
        String sha1 = EphemeralUsers.password(EphemeralUsers.Hash.SHA_1, "northwind".getBytes(UTF_8), expiring);
        String sha256 = EphemeralUsers.password(EphemeralUsers.Hash.SHA_256, "northwind".getBytes(UTF_8), expiring);

        assertIsSuccess(allocate(server, "carol", "singer"));
        assertIsSuccess(allocate(server, "bob", "builder"));
        assertIsSuccess(allocate(server, "dave", "diver"));
        assertIsSuccess(allocate(server, "erin", "emerald"));
        assertIsSuccess(allocate(server, expiring, sha1));
        assertIsSuccess(allocate(server, expiring, sha256));
        assertIsError(401, allocate(server, "carol", "diver"));
        assertIsError(401, allocate(server, "dave", "emerald"));
        assertIsError(401, allocate(server, "erin", sha1));
        assertIsError(401, allocate(server, expiring, "emerald"));
        assertIsError(401, allocate(server, "nobody", "emerald"));
    }

    /** The look-up as the SIP side answers it: one user is known. */
    private HttpServer sipSide(String user, String md5) throws IOException {
        HttpServer sip = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sip.createContext("/turn-key", exchange -> {
            String question = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            byte[] answer = "{\"md5\":\"%s\"}".formatted(md5).getBytes(UTF_8);
            boolean known = question.contains("\"" + user + "\"");
            exchange.sendResponseHeaders(known ? 200 : 404, known ? answer.length : -1);
            if (known) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        sip.start();
        operator.ends(() -> sip.stop(0));
        return sip;
    }

    private StunMessage allocate(LiveServer server, String user, String password) throws IOException {
        return operator.tcp(server).ask(user, password, StunMethod.ALLOCATE, UDP);
    }

    private Path secretFile(String name, String text) throws IOException {
        Path file = Files.writeString(operator.folder().resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static String md5(String text) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    }

    @Test
    void anOldSharedSecretOpensBesideTheNewOne() throws Exception {
        Path secrets = secretFile("secrets", "newest\n\n  oldest \n");
        LiveServer server = operator.server("--shared-secret-file=" + secrets);
        String name = Instant.now().plus(Duration.ofHours(1)).getEpochSecond() + ":dora";

        for (String secret : List.of("newest", "oldest")) {
            String password = EphemeralUsers.password(EphemeralUsers.Hash.SHA_1, secret.getBytes(UTF_8), name);
            assertIsSuccess(operator.tcp(server).ask(name, password, StunMethod.ALLOCATE, UDP));
        }
        String both = EphemeralUsers.password(EphemeralUsers.Hash.SHA_1, "newest\n\n  oldest".getBytes(UTF_8), name);
        assertIsError(401, operator.tcp(server).ask(name, both, StunMethod.ALLOCATE, UDP));
    }
}
