package org.pinhole.ue.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DigestClientTest {
    private static final DigestRequest REGISTER = DigestRequest.of("REGISTER", "sip:pinhole.test");

    private int cnonces;
    private final DigestClient client = new DigestClient(Credentials.of("alice", "wonder"), () -> "cnonce" + ++cnonces);

    private static List<Challenge> challenges(String... values) {
        return Stream.of(values).map(Challenge::parse).filter(Objects::nonNull).toList();
    }

    private DigestAnswer answer() {
        return Objects.requireNonNull(client.answer(REGISTER));
    }

    @Test
    @Tag("D-1")
    void theTopmostAlgorithmThatWeCanDoIsUsedAndTheRestIgnored() {
        List<Challenge> offered = challenges(
                "Digest realm=\"r\",nonce=\"1\",algorithm=SHA3-512,qop=\"auth\"",
                "Basic realm=\"r\"",
                "Digest realm=\"r\",nonce=\"2\",algorithm=SHA-512-256,qop=\"auth-int,auth\"",
                "Digest realm=\"r\",nonce=\"3\",algorithm=MD5,qop=\"auth\"");

        assertThat(client.accept(offered)).isTrue();
        assertThat(answer().algorithm()).isEqualTo(DigestAlgorithm.SHA_512_256);
        assertThat(answer().challenge().nonce()).isEqualTo("2");
    }

    @Test
    @Tag("D-5")
    void basicIsNoChallengeForUs() {
        assertThat(client.accept(challenges("Basic realm=\"r\""))).isFalse();
        assertThat(client.answer(REGISTER)).isNull();
    }

    @Test
    @Tag("D-7")
    void eachUseOfANonceCountsUpAndANewOneStartsAtOne() {
        client.accept(challenges("Digest realm=\"r\",nonce=\"1\",qop=\"auth\""));
        assertThat(List.of(answer().count(), answer().count())).containsExactly(1, 2);

        client.follow("nextnonce=\"9\"");

        assertThat(answer().count()).isEqualTo(1);
        assertThat(answer().challenge().nonce()).isEqualTo("9");
    }

    @Test
    @Tag("D-10")
    void aSessionKeepsTheNonceAndCnonceThatItBeganWith() {
        client.accept(challenges("Digest realm=\"r\",nonce=\"1\",algorithm=SHA-256-sess,qop=\"auth\""));
        DigestSession begun = answer().session();

        client.follow("nextnonce=\"9\"");

        assertThat(answer().session()).isEqualTo(begun).isEqualTo(new DigestSession("1", "cnonce1"));
        assertThat(answer().cnonce()).isEqualTo("cnonce3");
        client.accept(challenges("Digest realm=\"r\",nonce=\"2\",algorithm=SHA-256-sess,qop=\"auth\""));
        assertThat(answer().session()).isEqualTo(new DigestSession("2", "cnonce4"));
    }

    @Test
    void whoDoesNotCountOnCommandSaysOneEachTime() {
        DigestClient wrong = new DigestClient(Credentials.of("alice", "wonder"), () -> "cnonce", false);
        wrong.accept(challenges("Digest realm=\"r\",nonce=\"1\",qop=\"auth\""));

        for (int i = 0; i < 2; i++) {
            DigestAnswer answer = wrong.answer(DigestRequest.of("REGISTER", "sip:r"));
            assertThat(answer).isNotNull();
            assertThat(answer.headerValue()).contains(",nc=00000001,");
        }
    }

    @Test
    @Tag("D-4")
    void authGoesBeforeAuthIntAndAuthIntIsDoneWhereItIsAllThereIs() {
        client.accept(challenges("Digest realm=\"r\",nonce=\"1\",qop=\"auth-int,auth\""));
        assertThat(answer().qop()).isEqualTo(Qop.AUTH);

        client.accept(challenges("Digest realm=\"r\",nonce=\"1\",qop=\"auth-int\""));

        assertThat(answer().qop()).isEqualTo(Qop.AUTH_INT);
        assertThat(client.accept(challenges("Digest realm=\"r\",nonce=\"1\",qop=\"auth-later\"")))
                .isFalse();
    }
}
