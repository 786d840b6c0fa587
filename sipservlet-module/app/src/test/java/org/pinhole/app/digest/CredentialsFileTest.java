package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsFileTest {
    private static final String HEX = "f706a55521756a282d1b85050c5e0c14";

    @ParameterizedTest
    @CsvSource({"alice,wonderland", "bob,builder", "J\u00e4s\u00f8n Doe,'Secret, or not?'"})
    void theVectorFileHoldsWhatTheFormulaGives(String user, String password) throws Exception {
        Path vectors = Paths.get(
                CredentialsFileTest.class.getResource("/vectors/pinhole.users").toURI());
        CredentialsFile file = CredentialsFile.parse(Files.readAllLines(vectors, StandardCharsets.UTF_8));

        for (DigestAlgorithm algorithm : Arrays.asList(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256)) {
            assertThat(file.findHa1(user, "pinhole.test", algorithm.token()))
                    .isEqualTo(DigestCalculation.ha1(algorithm, user, "pinhole.test", password));
        }
        assertThat(file.size()).isEqualTo(6);
    }

    @Test
    void theLastLineOfAUserHolds() {
        String newer = "00000000000000000000000000000000";
        CredentialsFile file = CredentialsFile.parse(Arrays.asList("a:r:" + HEX, "a:r:" + newer));

        assertThat(file.findHa1("a", "r", "MD5")).isEqualTo(newer);
    }

    @Test
    void unknownIsNull() {
        CredentialsFile file =
                CredentialsFile.parse(Arrays.asList("# nobody", "", "a:r:" + HEX.toUpperCase(Locale.ROOT)));

        assertThat(file.findHa1("a", "r", "MD5")).isEqualTo(HEX);
        assertThat(file.findHa1("a", "r", "SHA-256")).isNull();
        assertThat(file.findHa1("a", "s", "MD5")).isNull();
        assertThat(file.findHa1("a:r", "x", "MD5")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "a:r",
                "a:r:12",
                ":r:" + HEX,
                "a::" + HEX,
                "a:r:" + HEX + ":SHA-256",
                "a:r:" + HEX + ":ROT13"
            })
    void aMalformedLineIsNamedByItsNumberAndNotQuoted(String line) {
        assertThatThrownBy(() -> CredentialsFile.parse(Arrays.asList("# one", line)))
                .isInstanceOf(CredentialsFileException.class)
                .hasMessageStartingWith("line 2: ")
                .hasMessageNotContaining(HEX);
    }

    @Test
    void anEmptyFileHasNoUsers() {
        assertThat(CredentialsFile.parse(Collections.emptyList()).size()).isZero();
    }
}
