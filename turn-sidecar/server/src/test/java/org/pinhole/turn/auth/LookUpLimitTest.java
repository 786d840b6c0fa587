package org.pinhole.turn.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.turn.relay.IpLiteral;

@Tag("T-18")
class LookUpLimitTest {
    private final List<CompletableFuture<KeyAnswer>> asked = new ArrayList<>();
    private boolean rateAllows = true;
    private final LookUpLimit limit = new LookUpLimit(source -> rateAllows);

    @Test
    void aNetworkHasItsShareAtOnceAndOthersHaveTheirs() {
        assertThat(asks("192.0.2.1", 100)).isEqualTo(LookUpLimit.AT_ONCE);
        assertThat(asks("192.0.2.200", 1)).isZero();
        assertThat(asks("192.0.3.1", 100)).isEqualTo(LookUpLimit.AT_ONCE);
        assertThat(asks("2001:db8:0:1::1", 100)).isEqualTo(LookUpLimit.AT_ONCE);
        assertThat(asks("2001:db8:0:ff::1", 1)).isZero();
    }

    @Test
    void anAnswerMakesRoom() {
        asks("192.0.2.1", 100);

        asked.get(7).complete(KeyAnswer.UNKNOWN);

        assertThat(asks("192.0.2.1", 100)).isEqualTo(1);
    }

    @Test
    void whatTheRateRefusesTakesNoRoom() {
        rateAllows = false;
        assertThat(asks("192.0.2.1", 100)).isZero();

        rateAllows = true;

        assertThat(asks("192.0.2.1", 100)).isEqualTo(LookUpLimit.AT_ONCE);
    }

    private int asks(String source, int times) {
        int before = asked.size();
        for (int i = 0; i < times; i++) {
            var unused = limit.ask(IpLiteral.parse(source), () -> {
                CompletableFuture<KeyAnswer> later = new CompletableFuture<>();
                asked.add(later);
                return later;
            });
        }
        return asked.size() - before;
    }
}
