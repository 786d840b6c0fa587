package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an operator sees who types something wrong: one line that says what to do, and nothing listens. */
class TurnMainTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesEveryOption() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString())
                .contains("pinhole turn", "--udp-listen", "--tcp-listen", "--tls-listen", "--relay-address")
                .contains("--relay-ports", "--realm", "--user", "--user-file", "--shared-secret-file")
                .contains("--allow-peer", "--certificate-file", "--private-key-file", "--event-loops", "--config")
                .contains("--key-lookup", "--key-lookup-token-file", "--private-key-passphrase-file")
                .contains("--tls-ticket-key-file", "--proxy-from");
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheNearest() {
        assertRefused(2, "unknown option '--relm'; did you mean --realm?", "--relm", "x");
        assertRefused(2, "unknown option '--relay-port=1'; did you mean --relay-ports?", "--relay-port=1");
    }

    @Test
    void wrongValuesAreAnsweredWithWhatIsAllowed() {
        assertRefused(2, "for example 192.0.2.1:443", "--udp-listen", "example.com:3478");
        assertRefused(2, "allowed is LO-HI", "--relay-ports", "1-2");
        assertRefused(2, "ADDRESS/BITS", "--allow-peer", "10.0.0.0/99");
        assertRefused(2, "not an IP address", "--relay-address", "here");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertRefused(1, "--realm is missing");
        assertRefused(1, "--relay-address is missing", "--realm", "r", "--user", "a:b");
        assertRefused(1, "nobody could use this server", valid());
        assertRefused(1, "--user: expected USER:PASSWORD", valid("--user", "alice"));
        assertRefused(1, "--key-lookup needs --key-lookup-token-file", valid("--key-lookup", "http://127.0.0.1/x"));
        assertRefused(1, "TLS needs both", valid("--user", "a:b", "--tls-listen", "127.0.0.1:0"));
        assertRefused(1, "--event-loops 0: allowed is 1 to 1024", valid("--user", "a:b", "--event-loops", "0"));
    }

    @Test
    void numbersThatAreTooLargeAreAnsweredWithWhatIsAllowed() {
        assertRefused(
                1,
                "--queue-kilobytes 3000000: allowed is 1 to 1048576",
                valid("--user", "a:b", "--queue-kilobytes", "3000000"));
        assertRefused(1, "--event-loops 5000: allowed is 1 to 1024", valid("--user", "a:b", "--event-loops", "5000"));
    }

    @Test
    void whatWouldHaveNoEffectOrMakeNoSenseIsSaid() throws IOException {
        String token = file("token", "0123456789abcdef").toString();

        assertRefused(1, "nothing uses it without --key-lookup", user("--key-lookup-token-file", token));
        assertRefused(1, "nothing uses it without --admin-listen", user("--admin-token-file", token));
        assertRefused(1, "nothing uses it without --private-key-file", user("--private-key-passphrase-file", token));
        assertRefused(1, "--watch-seconds -1: allowed is 0 or more", user("--watch-seconds", "-1"));
        assertRefused(1, "--user: expected USER:PASSWORD", valid("--user", "alice:"));
        assertRefused(1, "--realm has 128 bytes: allowed are 44", user("--realm", "r".repeat(128)));
        Path two = file("s", "north wind");
        Files.setPosixFilePermissions(two, PosixFilePermissions.fromString("rw-------"));
        assertRefused(1, "one secret a line", user("--shared-secret-file", two.toString()));
    }

    @Test
    void aSecondAddressOfAFamilyIsSaid() {
        String second = ": is the second of its family; one IPv4 and one IPv6 may be given";

        assertRefused(
                1,
                "--relay-address 127.0.0.2" + second,
                user("--relay-address", "127.0.0.1", "--relay-address", "127.0.0.2"));
        assertRefused(
                1,
                "--external-address 192.0.2.2" + second,
                user("--external-address", "192.0.2.1", "--external-address", "192.0.2.2"));
        assertRefused(
                1,
                "--alternate-server 192.0.2.2" + second,
                user("--alternate-server", "192.0.2.1:1", "--alternate-server", "192.0.2.2:1"));
        for (String address : List.of("0.0.0.0", "224.0.0.1")) {
            assertRefused(1, address + ": peers cannot send to it", user("--external-address", address));
        }
    }

    @Test
    void aTicketKeyFileThatCannotBeIsSaidWithItsFolder() {
        assertRefused(
                1,
                "the folder " + folder.resolve("none") + " does not exist",
                user("--tls-ticket-key-file", folder.resolve("none/x").toString()));
        assertRefused(1, folder + ": is a folder", user("--tls-ticket-key-file", folder.toString()));
    }

    @Test
    void aMistypedVerbIsAnsweredWithTheNearest() {
        assertRefused(2, "'drian'; did you mean drain?", "drian");
    }

    @Test
    void whatMakesSenseOnACommandLineOnlyIsNoKey() throws IOException {
        for (String key : List.of("help", "version", "config")) {
            assertRefused(2, "unknown key '" + key + "'", "--config=" + file("turn.conf", key + " = true"));
            assertThat(err.toString()).doesNotContain("did you mean '" + key + "'");
        }
    }

    @Test
    void anAddressThatIsNotOursIsSaid() {
        assertRefused(
                1,
                "--relay-address 192.0.2.1: this machine does not have it",
                valid("--user", "a:b", "--relay-address", "192.0.2.1"));
    }

    @Test
    void filesThatCannotBeReadOrAreWrongAreNamed() throws IOException {
        Path bad = file("users", "alice:pinhole.test:secret");
        Path empty = file("empty", "\n");
        Path missing = folder.resolve("missing");

        assertRefused(1, missing + ": no such file", valid("--user-file", missing.toString()));
        assertRefused(
                1, "--user-file " + bad + " line 1: expected user:realm:MD5HEX", valid("--user-file", bad.toString()));
        Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rw-------"));
        assertRefused(1, empty + ": is empty", valid("--shared-secret-file", empty.toString()));
        assertThat(err.toString()).doesNotContain("secret\n");
    }

    @Test
    void aSharedSecretThatOthersMayReadIsRefused() throws IOException {
        Path secret = file("secret", "north wind");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));

        assertRefused(1, "chmod 600 " + secret, valid("--shared-secret-file", secret.toString()));
    }

    @Test
    void aRealmThatWouldMakeChallengesLongIsRefused() {
        assertRefused(1, "--realm has 45 bytes: allowed are 44", "--user", "a:b", "--realm", "r".repeat(45));
    }

    @Test
    void theKeyLookupStaysOnLoopbackAndItsTokenPrivate() throws IOException {
        Path token = file("token", "0123456789abcdef");

        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(
                1,
                "chmod 600 " + token,
                valid("--key-lookup", "http://127.0.0.1:1/x", "--key-lookup-token-file", token.toString()));
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        for (String url : List.of(
                "http://192.0.2.1/x", "https://127.0.0.1/x", "file:///etc/passwd", ":", "http://127.0.0.1:99999/x")) {
            assertRefused(
                    1,
                    "allowed is http on loopback",
                    valid("--key-lookup", url, "--key-lookup-token-file", token.toString()));
        }
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsSaidBeforeAnythingListens() throws Exception {
        X509Bundle one = selfSigned("CN=one");
        X509Bundle two = selfSigned("CN=two");
        Path certificate = file("cert.pem", one.getCertificatePEM());
        Path key = file("key.pem", two.getPrivateKeyPEM());
        Path garbage = file("garbage.pem", "hello");

        assertRefused(
                1,
                key + " does not belong to the first certificate of --certificate-file " + certificate,
                valid(
                        "--user",
                        "a:b",
                        "--certificate-file",
                        certificate.toString(),
                        "--private-key-file",
                        key.toString()));
        assertRefused(
                1,
                "--certificate-file " + garbage,
                valid("--user", "a:b", "--certificate-file", garbage.toString(), "--private-key-file", key.toString()));
        assertRefused(
                1,
                "--private-key-file " + garbage + ": holds no private key",
                valid(
                        "--user",
                        "a:b",
                        "--certificate-file",
                        certificate.toString(),
                        "--private-key-file",
                        garbage.toString()));
    }

    @Test
    void aConfigFilesUnknownKeyIsAnsweredWithItsLineAndTheNearest() throws IOException {
        Path config = file("turn.conf", "# TURN\nrealm = pinhole.test\nrelay-adress = 127.0.0.1\n");

        assertRefused(
                2,
                "--config " + config + " line 3: unknown key 'relay-adress'; did you mean 'relay-address'?",
                "--config",
                config.toString());
        assertRefused(2, "line 1: expected KEY = VALUE", "--config=" + file("bad.conf", "realm"));
        assertRefused(2, "no such file", "--config", folder.resolve("missing").toString());
    }

    @Test
    void aBadValueInAConfigFileIsAnsweredWithItsLine() throws IOException {
        Path config = file("turn.conf", """
                # limits
                user-quota = 0
                udp-listen = 127.0.0.1:0
                udp-listen = example.com:3478
                """);

        assertRefused(
                2, "--config " + config + " line 4: Invalid value for option '--udp-listen'", "--config=" + config);
        assertRefused(
                1,
                "--config " + file("quota.conf", "\nuser-quota = 0\n")
                        + " line 2: --user-quota 0: allowed is 1 or more",
                user("--config", folder.resolve("quota.conf").toString()));
        assertRefused(
                1,
                "pinhole turn: --user-quota 0: allowed is 1 or more",
                user("--config", file("fine.conf", "user-quota = 7\n").toString(), "--user-quota=0"));
    }

    /** Of a password or a path only the line says which of several it is. */
    @Test
    void aBadValueOfARepeatedKeyIsAnsweredWithItsLine() throws Exception {
        Path one = file("one.pem", selfSigned("CN=one").getCertificatePEM());
        X509Bundle two = selfSigned("CN=two");
        Path twosKey = file("two.key", two.getPrivateKeyPEM());
        String pair = "certificate-file = %s\nprivate-key-file = %s\n";
        Path pairs = file(
                "pairs.conf",
                pair.formatted(file("two.pem", two.getCertificatePEM()), twosKey) + pair.formatted(one, twosKey));
        Path sealed = file("sealed.key", encrypted(two));
        Path open = file("open", "open sesame\n");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Path passphrase = file(
                "passphrase.conf",
                pair.formatted(folder.resolve("two.pem"), sealed) + "private-key-passphrase-file = " + open + "\n");

        assertRefused(1, "line 3: --private-key-passphrase-file " + open, user("--config", passphrase.toString()));
        assertRefused(
                1,
                "line 2: --user: expected USER:PASSWORD",
                user(
                        "--config",
                        file("users.conf", "user = bob:builder\nuser = carol\n").toString()));
        assertRefused(
                1,
                "pinhole turn: --user: expected USER:PASSWORD",
                user("--config", file("users.conf", "user = bob:builder\n").toString(), "--user=carol"));
        assertRefused(
                1, "line 4: --private-key-file " + twosKey + " does not belong", user("--config", pairs.toString()));
        assertRefused(
                1,
                "line 2: --external-address 192.0.2.2: is the second",
                user(
                        "--config",
                        file("nat.conf", "external-address = 192.0.2.1\nexternal-address = 192.0.2.2\n")
                                .toString()));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(
                    1,
                    "line 2: --tcp-listen 127.0.0.1:" + taken.getLocalPort() + ": the port is taken",
                    user(
                            "--config",
                            file(
                                            "listen.conf",
                                            "tcp-listen = 127.0.0.1:0\ntcp-listen = 127.0.0.1:%05d\n"
                                                    .formatted(taken.getLocalPort()))
                                    .toString()));
        }
    }

    @Test
    void theCommandLineWinsOverTheConfigFile() throws Exception {
        Path config = file("turn.conf", "realm = from.file\nevent-loops = 3\nuser = a:b\nuser = c:d\n");
        List<String> expanded = ConfigFile.of(
                        List.of("--config", config.toString(), "--realm", "from.line"),
                        TurnMain.commandLine().getCommandSpec().optionsMap().keySet())
                .arguments();

        CommandLine.ParseResult parsed = TurnMain.commandLine().parseArgs(expanded.toArray(new String[0]));

        assertThat(parsed.matchedOptionValue("--realm", "")).isEqualTo("from.line");
        assertThat(parsed.matchedOptionValue("--event-loops", 0)).isEqualTo(3);
        assertThat(parsed.matchedOptionValue("--user", List.of())).isEqualTo(List.of("a:b", "c:d"));
    }

    private static X509Bundle selfSigned(String subject) throws Exception {
        return new CertificateBuilder()
                .subject(subject)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static String encrypted(X509Bundle bundle) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(new JcaPKCS8Generator(
                    bundle.getKeyPair().getPrivate(),
                    new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                            .setProvider(new BouncyCastleProvider())
                            .setPassword("open sesame".toCharArray())
                            .build()));
        }
        return text.toString();
    }

    private String[] valid(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--realm", "pinhole.test", "--udp-listen", "127.0.0.1:0"));
        arguments.addAll(List.of(more));
        return arguments.toArray(new String[0]);
    }

    private String[] user(String... more) {
        List<String> arguments = new ArrayList<>(List.of(valid("--user", "a:b")));
        arguments.addAll(List.of(more));
        return arguments.toArray(new String[0]);
    }

    private void assertRefused(int code, String message, String... arguments) {
        err.getBuffer().setLength(0);

        assertThat(run(arguments)).as("%s", err).isEqualTo(code);
        assertThat(err.toString()).startsWith("pinhole turn: ").contains(message);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... arguments) {
        CommandLine command = TurnMain.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return TurnMain.run(List.of(arguments), command);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
