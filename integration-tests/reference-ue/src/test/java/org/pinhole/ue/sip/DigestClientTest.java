package org.pinhole.ue.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DigestClientTest {
    private final DigestClient client = new DigestClient(Credentials.of("alice", "wonder"), () -> "cnonce");

    private static List<Challenge> challenges(String... values) {
        StringBuilder text = new StringBuilder("SIP/2.0 401 Unauthorized\r\n");
        for (String value : values) {
            text.append("WWW-Authenticate: ").append(value).append("\r\n");
        }
        byte[] octets = text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        return DigestClient.challenges((SipResponse) SipParser.parse(octets));
    }

    private DigestAnswer answer() {
        return Objects.requireNonNull(client.answer("REGISTER", "sip:pinhole.test"));
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
        assertThat(client.answer("REGISTER", "sip:pinhole.test")).isNull();
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
}
