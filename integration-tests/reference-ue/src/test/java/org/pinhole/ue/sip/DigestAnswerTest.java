package org.pinhole.ue.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DigestAnswerTest {
    private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    private static DigestAnswer mufasa(DigestAlgorithm algorithm) {
        Challenge challenge =
                new Challenge("http-auth@example.org", NONCE, null, algorithm.token(), List.of("auth"), false);
        Credentials credentials = Credentials.of("Mufasa", "Circle of Life");
        return new DigestAnswer(challenge, algorithm, credentials, "GET", "/dir/index.html", 1, CNONCE);
    }

    @Test
    @Tag("D-2")
    void answersAsRfc7616Section391() {
        assertThat(mufasa(DigestAlgorithm.MD5).response()).isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
        assertThat(mufasa(DigestAlgorithm.SHA_256).response())
                .isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }

    @Test
    @Tag("D-2")
    void sha512256IsNotTruncatedSha512() {
        // NIST's example of SHA-512/256, message "abc".
        assertThat(DigestAlgorithm.SHA_512_256.hash("abc"))
                .isEqualTo("53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23");
    }

    @Test
    @Tag("D-3")
    void theHeaderSendsQopBackAndEchoesTheAlgorithmAsOffered() {
        assertThat(mufasa(DigestAlgorithm.SHA_256).headerValue())
                .contains(",algorithm=SHA-256,qop=auth,nc=00000001,cnonce=\"" + CNONCE + "\"")
                .doesNotContain("Circle");
    }

    @Test
    @Tag("D-9")
    void aServerThatDoesNotKnowTheSecretIsFoundOut() {
        DigestAnswer answer = mufasa(DigestAlgorithm.SHA_256);

        assertThat(answer.confirmedBy(null)).isNull();
        assertThat(answer.confirmedBy("nextnonce=\"x\"")).isNull();
        assertThat(answer.confirmedBy("qop=auth,rspauth=\"" + answer.rspauth() + "\""))
                .isTrue();
        assertThat(answer.confirmedBy("qop=auth,rspauth=\"00\"")).isFalse();
    }
}
