package org.pinhole.ue.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RtpStreamTest {
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
    private static final Duration ONE_WAY = Duration.ofMillis(30);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Flying(Instant at, byte[] octets, RtpStream to) {}

    private final RtpStream alice = new RtpStream(new ToneSource(440), "alice", new Random(1), START);
    private final RtpStream bob = new RtpStream(new ToneSource(880), "bob", new Random(2), START);
    private final List<Flying> flying = new ArrayList<>();

    /** Both talk for so long; what alice sends is lost where its number says so. */
    private void talk(Duration time, IntPredicate lost) {
        int number = 0;
        for (Instant now = START; now.isBefore(START.plus(time)); now = now.plusMillis(1)) {
            for (byte[] octets : alice.poll(now)) {
                if (RtcpReport.is(octets) || !lost.test(number++)) {
                    flying.add(new Flying(now.plus(ONE_WAY), octets, bob));
                }
            }
            for (byte[] octets : bob.poll(now)) {
                flying.add(new Flying(now.plus(ONE_WAY), octets, alice));
            }
            Instant at = now;
            List<Flying> due =
                    flying.stream().filter(one -> !one.at().isAfter(at)).toList();
            flying.removeAll(due);
            due.forEach(one -> assertThat(one.to().receive(one.octets(), at)).isTrue());
        }
    }

    @Test
    void fiftyPacketsASecondGoBothWays() {
        talk(Duration.ofSeconds(10), number -> false);

        assertThat(alice.figures().sent()).isEqualTo(500);
        assertThat(bob.figures().received()).isBetween(498L, 500L);
        assertThat(bob.figures().lost()).isZero();
        assertThat(alice.figures().lostOnTheWayOut()).isZero();
    }

    @Test
    void whatIsLostIsCountedThereAndReportedHere() {
        talk(Duration.ofSeconds(10), number -> number % 10 == 5);

        assertThat(bob.figures().lost()).isBetween(48L, 50L);
        assertThat(alice.figures().lostOnTheWayOut()).isBetween(40, 50);
        assertThat(bob.figures().lostOnTheWayOut()).isZero();
    }

    @Test
    void theRoundTripIsWhatTheReportsSay() {
        talk(Duration.ofSeconds(5), number -> false);

        Duration expected = ONE_WAY.multipliedBy(2);
        assertThat(alice.figures().roundTrip()).isBetween(expected.minusMillis(3), expected.plusMillis(3));
        assertThat(bob.figures().roundTrip()).isBetween(expected.minusMillis(3), expected.plusMillis(3));
    }

    @Test
    @Tag("U-14")
    void aMutedStreamSendsNothingAtAll() {
        alice.mute();

        talk(Duration.ofSeconds(10), number -> false);

        assertThat(alice.figures().sent()).isZero();
        assertThat(bob.figures().received()).isZero();
    }

    @Test
    @Tag("U-13")
    void mediaOnOneConnectionAreToldApart() {
        RtpStream picture = new RtpStream(new PictureSource(), "alice", new Random(3), START);
        byte[] tone = alice.poll(START).get(0);

        assertThat(picture.receive(tone, START)).isFalse();
        assertThat(bob.receive(tone, START)).isTrue();
        assertThat(bob.receive(picture.poll(START).get(0), START)).isFalse();
    }

    @Test
    void aPauseOfTheProgramIsNotMadeUpFor() {
        assertThat(alice.poll(START.plusSeconds(60)).stream().filter(octets -> !RtcpReport.is(octets)))
                .hasSize(1);
    }

    @Test
    void numbersGoOnBeyondTheEndOfTheirRange() {
        Reception reception = new Reception(packet(65_534), 8000, START);
        for (int sequence : new int[] {65_534, 65_535, 0, 2}) {
            reception.arrived(packet(sequence), START);
        }

        assertThat(reception.expected()).isEqualTo(5);
        assertThat(reception.block(START).lost()).isEqualTo(1);
        assertThat(reception.block(START).highest()).isEqualTo(65_538);
    }

    private static RtpPacket packet(int sequence) {
        return new RtpPacket(0, false, sequence, 0, 7, new byte[0]);
    }

    @Test
    void whatIsNoReportIsNone() {
        byte[] report = new RtcpReport(7, null, List.of(), "alice").write();

        assertThat(RtcpReport.find(report)).isNotNull();
        report[0] |= 1; // says that there is a block, and there is none
        assertThat(RtcpReport.find(report)).isNull();
        assertThat(RtcpReport.find(new byte[3])).isNull();
    }
}
