package org.pinhole.turn.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.PasswordAlgorithm;

/** What both planes must agree on, byte for byte. */
@Tag("T-8")
class TurnIdentityVectorsTest {
    private final VectorFile vectors = VectorFile.read();

    @Test
    void turnKeysAreSipsHa1() {
        for (VectorFile.Entry user : vectors.list("users")) {
            LongTermKeys keys = LongTermKeys.of(user.get("username"), vectors.realm(), user.get("password"));

            assertThat(hex(keys.require(PasswordAlgorithm.MD5))).isEqualTo(user.get("md5"));
            assertThat(hex(keys.require(PasswordAlgorithm.SHA_256))).isEqualTo(user.get("sha-256"));
        }
    }

    @Test
    void ephemeralPasswordsAreTheHmacOfTheirUserName() {
        for (VectorFile.Entry vector : vectors.list("ephemeral")) {
            String username = vector.get("expiry") + ":" + vector.get("user");

            assertThat(username).isEqualTo(vector.get("username"));
            assertThat(EphemeralUsers.password(
                            EphemeralUsers.Hash.SHA_1, vector.get("secret").getBytes(UTF_8), username))
                    .isEqualTo(vector.get("password"));
        }
    }

    @Test
    void questionsAreWrittenSo() {
        for (VectorFile.Entry question : vectors.list("key-lookup", "questions")) {
            byte[] body = KeyLookupProtocol.question(question.get("username"), vectors.realm());

            assertThat(new String(body, UTF_8)).isEqualTo(question.get("body"));
        }
    }

    @Test
    void answersAreUnderstoodSo() {
        for (VectorFile.Entry answer : vectors.list("key-lookup", "answers")) {
            assertThat(meaning(Integer.parseInt(answer.get("status")), answer.get("body")))
                    .as("%s", answer)
                    .isEqualTo(answer.get("means"));
        }
    }

    @Test
    void anAnswersHashesAreTheUsersKeys() throws IOException {
        VectorFile.Entry alice = vectors.list("users").get(0);
        VectorFile.Entry answer = vectors.list("key-lookup", "answers").get(0);

        KeyAnswer known = KeyLookupProtocol.answer(200, answer.get("body").getBytes(UTF_8));

        assertThat(known).isInstanceOfSatisfying(KeyAnswer.Known.class, found -> {
            assertThat(hex(found.keys().require(PasswordAlgorithm.MD5))).isEqualTo(alice.get("md5"));
            assertThat(hex(found.keys().require(PasswordAlgorithm.SHA_256))).isEqualTo(alice.get("sha-256"));
        });
    }

    private static String meaning(int status, String body) {
        try {
            KeyAnswer answer = KeyLookupProtocol.answer(status, body.getBytes(UTF_8));
            if (answer instanceof KeyAnswer.Ended) {
                return "ended";
            }
            return answer instanceof KeyAnswer.Known ? "known" : "unknown";
        } catch (IOException e) {
            return "unavailable";
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
