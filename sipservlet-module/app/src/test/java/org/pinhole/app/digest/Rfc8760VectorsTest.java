package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 8760 prints one number, the hash of an empty body (§2.6, item 7); apart from that it says how long a digest is (§2.2)
 * and which algorithms there are by name (§2.7). Whole responses are in RFC 7616, to which it refers: {@link
 * Rfc7616VectorsTest}.
 */
class Rfc8760VectorsTest {
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    @Tag("D-4")
    void anEmptyBodyIsHashedToWhatSection26Prints() {
        DigestSubject noBody = new DigestSubject(
                "REGISTER",
                () -> "sip:h",
                host -> false,
                () -> new byte[0],
                "",
                Source.of(InetSocketAddress.createUnresolved("", 0)));
        DigestCredentials authInt =
                DigestCredentials.parse("Digest uri=\"sip:h\", nonce=\"n\", nc=00000001, cnonce=\"c\", qop=auth-int");

        String a2 = DigestAlgorithm.SHA_256.hash("REGISTER:sip:h:" + EMPTY);
        assertThat(DigestCalculation.response(DigestAlgorithm.SHA_256, "key", noBody, authInt))
                .isEqualTo(DigestAlgorithm.SHA_256.hash("key:n:00000001:c:auth-int:" + a2));
        assertThat(DigestAlgorithm.SHA_256.function().hash(new byte[0])).isEqualTo(EMPTY);
    }

    @ParameterizedTest
    @CsvSource({"MD5, 32", "MD5-sess, 32", "SHA-256, 64", "SHA-256-sess, 64", "SHA-512-256, 64", "SHA-512-256-sess, 64"
    })
    @Tag("D-2")
    void eachAlgorithmOfSection27HasItsNameAndAsManyLowerCaseDigitsAsSection22Says(String token, int digits) {
        DigestAlgorithm algorithm = DigestAlgorithm.find(token);

        assertThat(algorithm).isNotNull();
        assertThat(algorithm == null ? "" : algorithm.token()).isEqualTo(token);
        assertThat(algorithm == null ? "" : algorithm.hash("")).hasSize(digits).matches("[0-9a-f]+");
    }
}
