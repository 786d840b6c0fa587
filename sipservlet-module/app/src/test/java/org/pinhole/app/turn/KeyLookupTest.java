package org.pinhole.app.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.api.spi.CredentialsUnavailableException;

@Tag("T-8")
class KeyLookupTest {
    private static final String ALICE = "{\"username\":\"alice\",\"realm\":\"pinhole.test\"}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path token;

    private boolean over;

    @BeforeEach
    void tokenIsWritten() throws IOException {
        token = Files.write(folder.resolve("token"), " t0ken\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void onlyAlgorithmsThatTheStoreHasAreAnswered() {
        assertThat(answer(onlyMd5(), ALICE).body()).isEqualTo("{\"md5\":\"abc\"}");
    }

    @Test
    void theSchemesCaseMeansNothing() {
        assertThat(lookup(onlyMd5()).permits("bearer t0ken")).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer t0ke", "Bearer t0ken2", "Basic t0ken", "t0ken"})
    void withoutTheTokenNobodyMayAsk(@Nullable String authorization) {
        assertThat(lookup(onlyMd5()).permits(authorization)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "<html>",
                "{\"username\":\"alice\"}",
                "{\"username\":\"alice\",\"realm\":7}",
                "{\"username\":\"alice\",\"realm\":{}}",
                "{\"username\":\"alice\",\"username\":\"bob\",\"realm\":\"pinhole.test\"}",
                "{\"username\":\"alice\",\"realm\":\"pinhole.test\"} {}",
                "{\"username\":\"\\ud800\",\"realm\":\"pinhole.test\"}"
            })
    void aQuestionThatIsNoneIsRefused(String body) {
        assertThat(answer(onlyMd5(), body).status()).isEqualTo(400);
    }

    @Test
    void octetsThatAreNoUtf8AreRefused() {
        assertThat(lookup(onlyMd5()).answer(new byte[] {'{', (byte) 0xFF, '}'}).status())
                .isEqualTo(400);
    }

    @Test
    void unknownMembersAndEscapesAreRead() {
        KeyAnswer answer =
                answer(onlyMd5(), "{\"v\":1.5e3,\"username\":\"\\u0061lice\",\"x\":null,\"realm\":\"pinhole.test\"}");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aUserWhoseRegistrationIsOverHasNoKeysNow() {
        over = true;

        assertThat(answer(onlyMd5(), ALICE).status()).isEqualTo(410);
        assertThat(answer(onlyMd5(), ALICE).body()).isEmpty();
        assertThat(answer((user, realm, algorithm) -> null, ALICE).status()).isEqualTo(404);
    }

    @Test
    void aStoreThatCannotSayIsNoUnknownUser() {
        CredentialStore failing = (user, realm, algorithm) -> {
            throw new CredentialsUnavailableException("gone");
        };

        assertThat(answer(failing, ALICE).status()).isEqualTo(503);
    }

    @Test
    void keysAndTokensDoNotShowInTexts() {
        assertThat(answer(onlyMd5(), ALICE)).hasToString("200");
        assertThat(SharedSecret.of("t0ken")).hasToString("a shared secret");
    }

    @Test
    void aTokenThatCannotStandInAHeaderFieldIsRefusedWithoutSayingIt() throws IOException {
        Files.write(token, "two words".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> lookup(onlyMd5()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pinhole.turn.key-lookup-token-file=" + token)
                .hasMessageNotContaining("two words");
    }

    private KeyAnswer answer(CredentialStore store, String body) {
        return lookup(store).answer(body.getBytes(StandardCharsets.UTF_8));
    }

    private KeyLookup lookup(CredentialStore store) {
        return KeyLookup.of(TurnSettings.of(Settings.withToken(token)), store, (user, realm) -> over);
    }

    private static CredentialStore onlyMd5() {
        return (user, realm, algorithm) -> user.equals("alice") && algorithm.equals("MD5") ? "abc" : null;
    }
}
