package org.pinhole.ue.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DigestAnswerTest {
    private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    private static final byte[] EMPTY = {};

    private static DigestAnswer mufasa(DigestAlgorithm algorithm) {
        Challenge challenge =
                new Challenge("http-auth@example.org", NONCE, null, algorithm.token(), List.of("auth"), false);
        Credentials credentials = Credentials.of("Mufasa", "Circle of Life");
        DigestRequest request = DigestRequest.of("GET", "/dir/index.html");
        return new DigestAnswer(
                challenge, algorithm, Qop.AUTH, credentials, new DigestSession(NONCE, CNONCE), request, 1, CNONCE);
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

        assertThat(answer.confirmedBy(null, EMPTY)).isNull();
        assertThat(answer.confirmedBy("nextnonce=\"x\"", EMPTY)).isNull();
        assertThat(answer.confirmedBy("qop=auth,rspauth=\"" + answer.rspauth(EMPTY) + "\"", EMPTY))
                .isTrue();
        assertThat(answer.confirmedBy("qop=auth,rspauth=\"00\"", EMPTY)).isFalse();
    }

    @Test
    @Tag("D-4")
    void authIntCoversTheBodyAndAnEmptyOneIsHashedToo() {
        // H(A2) by hand: GET:/dir/index.html:H(body), RFC 7616 §3.4.3.
        assertThat(authInt("").response()).isEqualTo(byHand(""));
        assertThat(authInt("v=0").response()).isEqualTo(byHand("v=0")).isNotEqualTo(byHand(""));
        assertThat(authInt("v=0").headerValue()).contains(",qop=auth-int,nc=00000001");
    }

    private static DigestAnswer authInt(String body) {
        Challenge challenge = new Challenge("r", NONCE, null, "SHA-256", List.of("auth-int"), false);
        DigestRequest request = DigestRequest.of("GET", "/dir/index.html", body.getBytes(StandardCharsets.UTF_8));
        Credentials credentials = Credentials.of("Mufasa", "Circle of Life");
        DigestSession session = new DigestSession(NONCE, CNONCE);
        return new DigestAnswer(
                challenge, DigestAlgorithm.SHA_256, Qop.AUTH_INT, credentials, session, request, 1, CNONCE);
    }

    private static String byHand(String body) {
        DigestAlgorithm sha = DigestAlgorithm.SHA_256;
        String ha2 = sha.hash("GET:/dir/index.html:" + sha.hash(body));
        return sha.hash(sha.hash("Mufasa:r:Circle of Life") + ":" + NONCE + ":00000001:" + CNONCE + ":auth-int:" + ha2);
    }

    @Test
    @Tag("D-10")
    @Tag("D-2")
    void aSessionsKeyTakesInWhatItBeganWith() {
        Challenge challenge = new Challenge("r", "later", null, "MD5-sess", List.of("auth"), false);
        DigestSession session = new DigestSession(NONCE, CNONCE);
        DigestAlgorithm md5 = DigestAlgorithm.MD5_SESS;
        DigestAnswer answer = new DigestAnswer(
                challenge,
                md5,
                Qop.AUTH,
                Credentials.of("Mufasa", "Circle of Life"),
                session,
                DigestRequest.of("GET", "/"),
                2,
                "another");

        String key = md5.hash(md5.hash("Mufasa:r:Circle of Life") + ":" + NONCE + ":" + CNONCE);
        assertThat(answer.response()).isEqualTo(md5.hash(key + ":later:00000002:another:auth:" + md5.hash("GET:/")));
    }
}
