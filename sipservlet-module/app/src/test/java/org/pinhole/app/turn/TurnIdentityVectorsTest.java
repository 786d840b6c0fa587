package org.pinhole.app.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pinhole.api.spi.CredentialStore;

/** The bytes that the TURN server's own tests pin: a verbatim copy of its vectors/turn-identity.json. */
@Tag("T-8")
class TurnIdentityVectorsTest {
    /** An object without objects in it; each of the file's is one that our parser reads. */
    private static final Pattern FLAT = Pattern.compile(
            "\\{(?:\\s*\"(?:[^\"\\\\]|\\\\.)*\"\\s*:\\s*(?:\"(?:[^\"\\\\]|\\\\.)*\"|[0-9]+)\\s*,?)+\\s*}");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @ParameterizedTest
    @MethodSource("ephemeral")
    void anExpiringCredentialIsTheTurnServersOwn(
            String secret, long expiry, String user, String username, String password) {
        TurnCredential credential = TurnCredential.of(SharedSecret.of(secret), expiry, user);

        assertThat(credential.username()).isEqualTo(username);
        assertThat(credential.password()).isEqualTo(password);
    }

    static Stream<Object[]> ephemeral() throws IOException {
        return vectors("secret").stream().map(vector -> new Object[] {
            vector.get("secret"),
            Long.parseLong(String.valueOf(vector.get("username")).split(":", 2)[0]),
            vector.get("user"),
            vector.get("username"),
            vector.get("password")
        });
    }

    @Test
    void everyQuestionOfTheTurnServerIsAnsweredAsItReadsAnswers() throws IOException {
        List<Map<String, String>> questions = vectors("authorization");
        List<String> answers = new ArrayList<>();
        vectors("means").stream()
                .filter(answer -> "known".equals(answer.get("means")))
                .forEach(answer -> answers.add(String.valueOf(answer.get("body"))));
        KeyLookup lookup = lookup();
        List<String> bodies = new ArrayList<>();
        for (Map<String, String> question : questions) {
            assertThat(lookup.permits(question.get("authorization"))).isTrue();
            KeyAnswer answer =
                    lookup.answer(String.valueOf(question.get("body")).getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).isEqualTo(200);
            bodies.add(answer.body());
        }

        assertThat(questions).hasSize(3);
        assertThat(answers).hasSize(2);
        assertThat(bodies).containsAll(answers);
    }

    @Test
    void aUserThatTheVectorsDoNotKnowIsUnknown() throws IOException {
        KeyAnswer answer = lookup().answer(
                        "{\"username\":\"mallory\",\"realm\":\"pinhole.test\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEmpty();
    }

    private KeyLookup lookup() throws IOException {
        Path token = Files.write(folder.resolve("token"), "0123456789abcdef\n".getBytes(StandardCharsets.UTF_8));
        List<Map<String, String>> users = vectors("sha-256");
        CredentialStore store = (user, realm, algorithm) -> users.stream()
                .filter(known -> user.equals(known.get("username")) && realm.equals("pinhole.test"))
                .map(known -> known.get(algorithm.equals("MD5") ? "md5" : "sha-256"))
                .findFirst()
                .orElse(null);
        return KeyLookup.of(TurnSettings.of(Settings.withToken(token)), store, (user, realm) -> false);
    }

    /** The flat objects of the file that have this member. */
    private static List<Map<String, String>> vectors(String member) throws IOException {
        List<Map<String, String>> found = new ArrayList<>();
        Matcher matcher = FLAT.matcher(text());
        while (matcher.find()) {
            Map<String, String> strings = FlatJson.strings(matcher.group());
            if (strings.containsKey(member)) {
                found.add(strings);
            }
        }
        return found;
    }

    private static String text() throws IOException {
        try {
            return new String(
                    Files.readAllBytes(Paths.get(TurnIdentityVectorsTest.class
                            .getResource("/vectors/turn-identity.json")
                            .toURI())),
                    StandardCharsets.UTF_8);
        } catch (URISyntaxException impossible) {
            throw new IOException(impossible);
        }
    }
}
