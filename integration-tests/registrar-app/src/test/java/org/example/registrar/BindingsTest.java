package org.example.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BindingsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final HandDrivenClock clock = new HandDrivenClock();
    private final Bindings bindings = new Bindings(clock);

    @Test
    void theContactIsKeptAsItCame() {
        bindings.bind("alice@x", "sip:a@h;transport=tls;ob", "<sip:a@h;transport=tls;ob>;reg-id=1", HOUR);

        assertThat(bindings.of("alice@x"))
                .singleElement()
                .satisfies(binding -> assertThat(binding.contact()).isEqualTo("<sip:a@h;transport=tls;ob>;reg-id=1"));
    }

    @Test
    void theRefreshedContactIsTheNewest() {
        bindings.bind("alice@x", "sip:one", "<sip:one>", HOUR);
        bindings.bind("alice@x", "sip:two", "<sip:two>", HOUR);
        bindings.bind("alice@x", "sip:one", "<sip:one>", HOUR);

        assertThat(bindings.of("alice@x")).extracting(Binding::uri).containsExactly("sip:two", "sip:one");
    }

    @Test
    void zeroRemovesOneAndTheStarAll() {
        bindings.bind("alice@x", "sip:one", "<sip:one>", HOUR);
        bindings.bind("alice@x", "sip:two", "<sip:two>", HOUR);

        bindings.bind("alice@x", "sip:one", "<sip:one>", Duration.ZERO);
        assertThat(bindings.of("alice@x")).extracting(Binding::uri).containsExactly("sip:two");

        bindings.unbindAll("alice@x");
        assertThat(bindings.of("alice@x")).isEmpty();
        assertThat(bindings.knows("alice@x")).isTrue();
    }

    @Test
    void anExpiredBindingIsGoneButItsAorIsKnown() {
        bindings.bind("alice@x", "sip:one", "<sip:one>", HOUR);

        clock.advance(HOUR);

        assertThat(bindings.of("alice@x")).isEmpty();
        assertThat(bindings.knows("alice@x")).isTrue();
        assertThat(bindings.knows("bob@x")).isFalse();
    }

    @Test
    void onlyTheHostOfAnAorIgnoresCase() {
        assertThat(Aor.of("Alice", "Pinhole.TEST")).isEqualTo("Alice@pinhole.test");
    }

    private static final class HandDrivenClock extends Clock {
        private Instant now = Instant.EPOCH;

        void advance(Duration step) {
            now = now.plus(step);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("one zone is enough here");
        }
    }
}
