package org.pinhole.turn.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-18")
class NoncesTest {
    private static final InetSocketAddress SOURCE = new InetSocketAddress("198.51.100.7", 40000);

    private final HandClock clock = new HandClock();
    private final Nonces nonces = new Nonces(new byte[32], Duration.ofMinutes(10), clock, false);

    @Test
    void aNonceIsValidForItsSourceWithoutBeingRemembered() {
        String nonce = nonces.issue(SOURCE);

        assertThat(new Nonces(new byte[32], Duration.ofMinutes(10), clock, false).isValid(nonce, SOURCE))
                .isTrue();
    }

    @Test
    void aNonceIsStaleForAnotherAddressOrPort() {
        String nonce = nonces.issue(SOURCE);

        assertThat(nonces.isValid(nonce, new InetSocketAddress("198.51.100.8", 40000)))
                .isFalse();
        assertThat(nonces.isValid(nonce, new InetSocketAddress("198.51.100.7", 40001)))
                .isFalse();
    }

    @Test
    @Tag("T-2")
    void aNonceExpires() {
        String nonce = nonces.issue(SOURCE);

        clock.advance(Duration.ofSeconds(590));
        assertThat(nonces.isValid(nonce, SOURCE)).isTrue();
        clock.advance(Duration.ofSeconds(30));
        assertThat(nonces.isValid(nonce, SOURCE)).isFalse();
    }

    @Test
    void anOldNonceDoesNotComeBackToLifeWhenItsTimeFieldWraps() {
        String nonce = nonces.issue(SOURCE);

        clock.advance(Duration.ofSeconds(65536L * 16));

        assertThat(nonces.isValid(nonce, SOURCE)).isFalse();
    }

    @Test
    void inventedNoncesAreStale() {
        String nonce = nonces.issue(SOURCE);

        assertThat(nonces.isValid("", SOURCE)).isFalse();
        assertThat(nonces.isValid("f//499k954d6OL34oL9FSTvy64sA", SOURCE)).isFalse();
        assertThat(nonces.isValid(nonce + "A", SOURCE)).isFalse();
        assertThat(nonces.isValid(nonce.substring(0, nonce.length() - 1) + "!", SOURCE))
                .isFalse();
        assertThat(nonces.isValid(nonce.replace("obMatJos2gAAA", "obMatJos2AAAA"), SOURCE))
                .isFalse();
        assertThat(new Nonces(new byte[] {1}, Duration.ofMinutes(10), clock, false).isValid(nonce, SOURCE))
                .isFalse();
    }

    @Test
    @Tag("T-17")
    void theCookieSaysPasswordAlgorithms() {
        byte[] features =
                java.util.Base64.getDecoder().decode(nonces.issue(SOURCE).substring(9, 13));

        assertThat(features).containsExactly(0x80, 0, 0);
    }
}
