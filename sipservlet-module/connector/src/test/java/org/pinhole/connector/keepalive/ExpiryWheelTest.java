package org.pinhole.connector.keepalive;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ExpiryWheelTest {
    private static final long START = -SECONDS.toNanos(5); // nanoTime may be negative
    private static final int KEEP = 45;
    private static final int GRACE = 15;

    private final ExpiryWheel<Phone> wheel = new ExpiryWheel<>(START);

    @Test
    @Tag("O-9")
    @Tag("trap-15")
    void ofTenThousandFlowsAllAndOnlyTheSilentOnesExpireWithinASecondOfTheirTime() {
        Random random = new Random(1);
        List<Phone> phones = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Phone phone = new Phone(START + MILLISECONDS.toNanos(random.nextInt(45_000)), i % 100 == 0);
            phones.add(phone);
        }
        Map<Phone, Long> expired = new HashMap<>();

        for (long now = START; now < START + SECONDS.toNanos(600); now += MILLISECONDS.toNanos(250)) {
            long present = now;
            phones.forEach(phone -> phone.liveAt(present, random));
            wheel.turn(now, (phone, life) -> expired.put(phone, present));
        }

        assertThat(expired).hasSize(100);
        expired.forEach((phone, when) -> {
            assertThat(phone.falls).isTrue();
            assertThat(when - phone.life.lastHeard())
                    .isBetween(SECONDS.toNanos(KEEP + GRACE), SECONDS.toNanos(KEEP + GRACE + 1));
        });
        assertThat(wheel.size()).isEqualTo(9_900);
    }

    @Test
    void aShorterIntervalIsSeenEvenThoughTheFlowStoodFurtherAlongTheWheel() {
        Phone phone = new Phone(START, true);
        phone.life.agreed("alice", 900, START);
        wheel.arm(phone, phone.life);
        phone.life.agreed("alice", 10, START + SECONDS.toNanos(1));
        wheel.arm(phone, phone.life);

        assertThat(expiredAt(START + SECONDS.toNanos(25))).isEmpty();
        assertThat(expiredAt(START + SECONDS.toNanos(27))).containsExactly(phone);
    }

    @Test
    void anIntervalLongerThanTheWheelIsNoShorterForIt() {
        Phone phone = new Phone(START, true);
        phone.life.agreed("alice", 1800, START);
        wheel.arm(phone, phone.life);

        assertThat(expiredAt(START + SECONDS.toNanos(1814))).isEmpty();
        assertThat(expiredAt(START + SECONDS.toNanos(1816))).containsExactly(phone);
    }

    @Test
    void whatHasClosedOrNegotiatedNothingIsNotWatched() {
        Phone closed = new Phone(START, true);
        closed.life.agreed("alice", KEEP, START);
        wheel.arm(closed, closed.life);
        wheel.disarm(closed);
        wheel.arm(new Phone(START, true), new FlowLife(GRACE, START));

        assertThat(wheel.size()).isZero();
        assertThat(expiredAt(START + SECONDS.toNanos(3600))).isEmpty();
    }

    @Test
    void whatIsNotWatchedAnyMoreIsHeldByNothing() {
        Phone phone = new Phone(START, true);
        for (int second = 0; second < 100; second++) {
            phone.life.agreed("alice", 1800 - second, START);
            wheel.arm(phone, phone.life);
            assertThat(wheel.places()).isEqualTo(1);
            phone.life.ceased("alice");
            wheel.arm(phone, phone.life);
        }
        assertThat(wheel.places()).isZero();

        phone.life.agreed("alice", KEEP, START);
        wheel.arm(phone, phone.life);
        wheel.disarm(phone);
        assertThat(wheel.places()).isZero();
    }

    private List<Phone> expiredAt(long now) {
        List<Phone> expired = new ArrayList<>();
        wheel.turn(now, (phone, life) -> expired.add(phone));
        return expired;
    }

    /** Registers once, then pings within its interval; some fall silent after five minutes. */
    private final class Phone {
        private final FlowLife life;
        private final boolean falls;
        private long next;
        private boolean registered;

        Phone(long registersAt, boolean falls) {
            this.life = new FlowLife(GRACE, registersAt);
            this.next = registersAt;
            this.falls = falls;
        }

        void liveAt(long now, Random random) {
            boolean silent = falls && now - START > SECONDS.toNanos(300);
            if (silent || now < next) {
                return;
            }
            life.heard(now);
            if (!registered) {
                registered = true;
                life.agreed("alice", KEEP, now);
                wheel.arm(this, life);
            }
            next = now + SECONDS.toNanos(36) + random.nextInt((int) SECONDS.toNanos(1)) * 9L;
        }
    }
}
