package org.pinhole.app.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
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

        for (HashFunction algorithm : Arrays.asList(HashFunction.MD5, HashFunction.SHA_256)) {
            assertThat(file.findHa1(user, "pinhole.test", algorithm.token()))
                    .isEqualTo(algorithm.hash(user + ":pinhole.test:" + password));
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
    @Tag("D-11")
    void aUserIsKnownByTheHashOfHisName() throws Exception {
        CredentialsFile file = CredentialsFile.parse(Arrays.asList("J\u00e4s\u00f8n Doe:api@example.org:" + HEX));
        String hash = "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"; // RFC 7616, erratum 4897

        assertThat(file.findUser(hash, "api@example.org", "SHA-512-256")).isEqualTo("J\u00e4s\u00f8n Doe");
        assertThat(file.findUser(hash.toUpperCase(Locale.ROOT), "api@example.org", "SHA-512-256"))
                .isNotNull();
        assertThat(file.findUser(hash, "api@example.org", "SHA-256")).isNull();
        assertThat(file.findUser(hash, "elsewhere", "SHA-512-256")).isNull();
    }

    @Test
    void unknownIsNull() {
        CredentialsFile file = CredentialsFile.parse(
                Arrays.asList("# nobody", "", "  # nobody", "\t", " a:r:" + HEX.toUpperCase(Locale.ROOT) + " \t"));

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
