package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.app.HandClock;

@Tag("D-7")
class NoncesTest {
    private final HandClock clock = new HandClock();
    private final Nonces nonces = new Nonces(new SecureRandom(), clock);

    @Test
    void ourOwnNonceIsKnownByItsTime() {
        String nonce = nonces.issue("r", "flow");
        long issuedAt = clock.getAsLong();
        clock.advanceSeconds(299);

        assertThat(nonces.findIssueTime(nonce, "r", "flow")).isEqualTo(issuedAt);
    }

    @Test
    void itLivesFiveMinutes() {
        String nonce = nonces.issue("r", "flow");
        clock.advanceSeconds(300);

        assertThat(nonces.findIssueTime(nonce, "r", "flow")).isNull();
    }

    @Test
    void anotherRealmOrFlowMakesItAnother() {
        String nonce = nonces.issue("r", "flow");

        assertThat(nonces.findIssueTime(nonce, "s", "flow")).isNull();
        assertThat(nonces.findIssueTime(nonce, "r", "wolf")).isNull();
    }

    @Test
    void anotherStartHasAnotherKey() {
        String nonce = new Nonces(new SecureRandom(), clock).issue("r", "flow");

        assertThat(nonces.findIssueTime(nonce, "r", "flow")).isNull();
    }

    @Test
    void everyChangedCharacterSpoilsIt() {
        String nonce = nonces.issue("r", "flow");

        for (int i = 0; i < nonce.length() - 1; i++) {
            char other = nonce.charAt(i) == 'A' ? 'B' : 'A';
            String changed = nonce.substring(0, i) + other + nonce.substring(i + 1);
            assertThat(nonces.findIssueTime(changed, "r", "flow"))
                    .as("character %s", i)
                    .isNull();
        }
    }

    @Test
    void whatIsNoNonceIsNone() {
        assertThat(nonces.findIssueTime("", "r", "flow")).isNull();
        assertThat(nonces.findIssueTime("\u20ac=!", "r", "flow")).isNull();
        assertThat(nonces.findIssueTime("abcd", "r", "flow")).isNull();
    }

    @Test
    void noTwoAreTheSame() {
        assertThat(nonces.issue("r", "flow"))
                .isNotEqualTo(nonces.issue("r", "flow"))
                .hasSize(43);
    }
}
