package org.pinhole.admin.user;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.admin.PinholeAdmin;
import picocli.CommandLine;

/** The user commands as a shell sees them: exit code, standard output, standard error, the file. */
class UserCommandTest {
    @TempDir
    private Path folder;

    private Path file;
    private String out = "";
    private String err = "";

    @BeforeEach
    void aFolder() {
        file = folder.resolve("users");
    }

    @Test
    void anAddedUserHasOneLinePerAlgorithmThatOnlyTheOwnerCanRead() throws IOException {
        assertThat(run(
                        "Circle of Life\n",
                        "add",
                        "--file",
                        file.toString(),
                        "--realm",
                        "http-auth@example.org",
                        "Mufasa",
                        "--password-stdin"))
                .isZero();

        // The SHA-256 one is H(A1) behind the example of RFC 7616 §3.9.1.
        assertThat(lines())
                .contains("Mufasa:http-auth@example.org:3d78807defe7de2157e2b0b6573a855f")
                .contains("Mufasa:http-auth@example.org:"
                        + "7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232:SHA-256");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void commentsAndOtherUsersSurviveEveryChange() throws IOException {
        write("# ours\nbob:r:" + md5("0") + "\n\n# theirs\nalice:r:" + md5("1") + "\ncarol:r:" + md5("2") + "\n");

        assertThat(run("pw", "add", "--file", file.toString(), "--realm=r", "--replace", "alice", "--password-stdin"))
                .isZero();
        assertThat(lines()).startsWith("# ours\nbob:r:" + md5("0") + "\n\n# theirs\nalice:r:");
        assertThat(lines()).endsWith(":SHA-256\ncarol:r:" + md5("2") + "\n");

        assertThat(run("", "remove", "--file", file.toString(), "alice")).isZero();
        assertThat(lines()).isEqualTo("# ours\nbob:r:" + md5("0") + "\n\n# theirs\ncarol:r:" + md5("2") + "\n");
    }

    @Test
    void aUserOfAnotherAlgorithmIsListedVerifiedAndReplacedInIt() throws IOException {
        write("alice:r:"
                + Ha1.of(Ha1.Algorithm.SHA_512_256, "alice", "r", "one").hex() + ":SHA-512-256\n");

        assertThat(run("one", "verify", "--file", file.toString(), "--realm=r", "alice", "--password-stdin"))
                .isZero();
        assertThat(run("two", "add", "--file", file.toString(), "--realm=r", "--replace", "alice", "--password-stdin"))
                .isZero();
        assertThat(run("two", "verify", "--file", file.toString(), "--realm=r", "alice", "--password-stdin"))
                .isZero();
        run("", "list", "--file", file.toString());

        assertThat(out).isEqualTo("alice\tr\tSHA-512-256\n"); // no MD5 where there was none
    }

    @Test
    void aNameWithItsRealmIsRefusedWithTheNameToGive() {
        assertThat(run("pw", "add", "--file", file.toString(), "--realm=ex.test", "alice@EX.test", "--password-stdin"))
                .isOne();

        assertThat(err)
                .isEqualTo("pinhole: user alice@EX.test: give the name alone, alice; the realm is ex.test already\n");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFolderInPlaceOfTheFileIsOneLine() {
        assertThat(run("pw", "add", "--file", folder.toString(), "--realm=r", "alice", "--password-stdin"))
                .isOne();

        assertThat(err)
                .isEqualTo("pinhole: " + folder + ": is a folder; --file wants the file of users, such as "
                        + folder.resolve("pinhole.users") + "\n");
    }

    @Test
    void wrongUsageIsOneLineThatNamesTheUnknownBeforeTheMissing() {
        assertThat(run("", "list", "--fiel=" + file)).isEqualTo(2);
        assertThat(err)
                .isEqualTo("pinhole: Unknown option: '--fiel=" + file
                        + "'; did you mean --file? See pinhole user list --help\n");

        assertThat(run("", "add", "--relm", "r")).isEqualTo(2);
        assertThat(err)
                .isEqualTo("pinhole: Unknown option: '--relm'; did you mean --realm? See pinhole user add --help\n");

        assertThat(run("", "add")).isEqualTo(2);
        assertThat(err).isEqualTo("pinhole: Missing required parameter: 'NAME'; see pinhole user add --help\n");

        assertThat(run("")).isEqualTo(2);
        assertThat(err).isEqualTo("pinhole: Missing required subcommand; see pinhole user --help\n");
    }

    @Test
    void theListNeverShowsAHash() throws IOException {
        run("geheim", "add", "--file", file.toString(), "--realm=r", "alice", "--password-stdin");

        assertThat(run("", "list", "--file", file.toString())).isZero();

        assertThat(out).isEqualTo("alice\tr\tMD5,SHA-256\n");
    }

    @Test
    void verifyTellsRightFromWrongByItsExitCode() {
        run("päss", "add", "--file", file.toString(), "--realm=r", "alice", "--password-stdin");

        assertThat(run("päss\r\n", "verify", "--file", file.toString(), "--realm=r", "alice", "--password-stdin"))
                .isZero();
        assertThat(run("pass", "verify", "--file", file.toString(), "--realm=r", "alice", "--password-stdin"))
                .isOne();
        assertThat(err).isEqualTo("pinhole: alice in realm r: wrong password\n");
        assertThat(run("pass", "verify", "--file", file.toString(), "--realm=r", "eve", "--password-stdin"))
                .isOne();
    }

    @Test
    void anExistingUserIsNotOverwrittenByAccident() throws IOException {
        run("one", "add", "--file", file.toString(), "--realm=r", "alice", "--password-stdin");
        String before = lines();

        assertThat(run("two", "add", "--file", file.toString(), "--realm=r", "alice", "--password-stdin"))
                .isOne();

        assertThat(err).contains("alice exists in realm r; say --replace");
        assertThat(lines()).isEqualTo(before);
    }

    @Test
    void namesThatWouldBreakTheFileAreRefused() {
        for (String name : new String[] {"a:b", "a\nb", "#alice", "", " alice", "a\u0085"}) {
            assertThat(run("pw", "add", "--file", file.toString(), "--realm=r", "--password-stdin", "--", name))
                    .as(name)
                    .isOne();
        }
        assertThat(run("", "add", "--file", file.toString(), "--realm=r", "alice", "--password-stdin"))
                .isOne();
        assertThat(err).contains("the password is empty");
        assertThat(file).doesNotExist();
    }

    @Test
    void aContainersSettingsSayWhichRealmAndFile() throws IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.write(
                folder.resolve("conf/pinhole.properties"),
                "pinhole.digest.realm = pinhole.test \npinhole.credentials=file:conf/people\n".getBytes(UTF_8));

        assertThat(run("pw", "add", "--container", folder.toString(), "alice", "--password-stdin"))
                .isZero();

        file = folder.resolve("conf/people");
        assertThat(lines()).contains("alice:pinhole.test:");
    }

    @Test
    void aUserMayBeKeptFromWeakAlgorithmsAlsoWhenThePasswordChanges() throws IOException {
        String[] add = {"add", "--file", file.toString(), "--realm=r", "alice", "--password-stdin"};
        assertThat(run("pw", with(add, "--algorithms=sha-256,SHA-512-256"))).isZero();
        assertThat(run("other", with(add, "--replace"))).isZero();

        assertThat(lines().split("\n"))
                .filteredOn(line -> line.startsWith("alice"))
                .hasSize(2)
                .allMatch(line -> line.endsWith(":SHA-256") || line.endsWith(":SHA-512-256"));
        assertThat(run("pw", with(add, "--algorithms=SHA-1"))).isOne();
        assertThat(err).contains("--algorithms SHA-1: MD5, SHA-256 or SHA-512-256 expected");
    }

    private static String[] with(String[] arguments, String one) {
        String[] more = Arrays.copyOf(arguments, arguments.length + 1);
        more[arguments.length] = one;
        return more;
    }

    @Test
    void ofSeveralPlacesTheFirstFileIsMeantAndOfSeveralRealmsOneMustBeNamed() throws IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.write(
                folder.resolve("conf/pinhole.properties"),
                "pinhole.digest.realm=a.test,b.test\npinhole.credentials=jdbc:java:comp/env/x, file:conf/people\n"
                        .getBytes(UTF_8));

        assertThat(run("pw", "add", "--container", folder.toString(), "alice", "--password-stdin"))
                .isOne();
        assertThat(err).contains("say --realm; there are a.test,b.test");
        assertThat(run("pw", "add", "--container", folder.toString(), "--realm=b.test", "alice", "--password-stdin"))
                .isZero();

        file = folder.resolve("conf/people");
        assertThat(lines()).contains("alice:b.test:");
    }

    @Test
    void whatIsMissingIsSaidInOneLine() throws IOException {
        assertThat(run("", "list")).isOne();
        assertThat(err).isEqualTo("pinhole: which users? say --container DIR or --file FILE\n");

        write("alice:r:zz\n");
        assertThat(run("", "list", "--file", file.toString())).isOne();
        assertThat(err)
                .isEqualTo("pinhole: " + file + ":1: MD5 hash: 32 hex digits expected; correct that line first\n");
    }

    private int run(String standardInput, String... arguments) {
        StringWriter errors = new StringWriter();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CommandLine pinhole = PinholeAdmin.commandLine();
        pinhole.setErr(new PrintWriter(errors, true));
        InputStream in = System.in;
        PrintStream standardOut = System.out;
        try (PrintStream captured = new PrintStream(bytes, true, UTF_8.name())) {
            System.setIn(new ByteArrayInputStream(standardInput.getBytes(UTF_8)));
            System.setOut(captured);
            return pinhole.execute(
                    Stream.concat(Stream.of("user"), Stream.of(arguments)).toArray(String[]::new));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            System.setIn(in);
            System.setOut(standardOut);
            out = new String(bytes.toByteArray(), UTF_8);
            err = errors.toString();
        }
    }

    private String lines() throws IOException {
        return new String(Files.readAllBytes(file), UTF_8);
    }

    private void write(String content) throws IOException {
        Files.write(file, content.getBytes(UTF_8));
    }

    private static String md5(String digit) {
        return new String(new char[32]).replace("\0", digit);
    }
}
