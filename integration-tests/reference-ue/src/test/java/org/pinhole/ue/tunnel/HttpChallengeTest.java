package org.pinhole.ue.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("U-8")
class HttpChallengeTest {
    @Test
    void severalChallengesInOneHeaderAreToldApart() {
        List<HttpChallenge> found = HttpChallenge.parse(List.of(
                "Negotiate, Digest realm=\"a, b\",  qop = \"auth,auth-int\", nonce=\"x==\", Basic realm=\"c\"",
                "NTLM TlRMTVNTUAAC=="));

        assertThat(found)
                .extracting(HttpChallenge::toString)
                .containsExactly(
                        "Negotiate",
                        "Digest realm=\"a, b\", qop = \"auth,auth-int\", nonce=\"x==\"",
                        "Basic realm=\"c\"",
                        "NTLM TlRMTVNTUAAC==");
    }

    @Test
    void aParameterWithoutASchemeBeforeItIsNoChallenge() {
        assertThat(HttpChallenge.parse(List.of("realm=\"x\"", ""))).isEmpty();
    }
}
