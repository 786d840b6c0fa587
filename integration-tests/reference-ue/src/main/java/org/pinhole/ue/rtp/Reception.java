package org.pinhole.ue.rtp;

import java.time.Duration;
import java.time.Instant;

/** What was received of one source, and what a report says of it (RFC 3550 §6.4.1, A.1, A.3, A.8). */
final class Reception {
    private static final int CYCLE = 0x1_0000;
    private static final long MAX_LOST = 0x7F_FFFF;

    private final long ssrc;
    private final int clockRate;
    private final long first;
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private double jitter;
    private long lastTransit;
    private long lastReport;
    private Instant reportedAt = Instant.MIN;

    Reception(RtpPacket packet, int clockRate, Instant now) {
        this.ssrc = packet.ssrc();
        this.clockRate = clockRate;
        this.first = packet.sequence();
        this.highest = packet.sequence();
        this.lastTransit = transit(packet, now);
    }

    private long transit(RtpPacket packet, Instant now) {
        long arrival = now.getEpochSecond() * clockRate + (long) now.getNano() * clockRate / 1_000_000_000L;
        return arrival - packet.timestamp();
    }

    long ssrc() {
        return ssrc;
    }

    long received() {
        return received;
    }

    long expected() {
        return highest - first + 1;
    }

    /** Counts one that arrived, the first too; one that came twice counts twice, as the RFC has it. */
    void arrived(RtpPacket packet, Instant now) {
        received++;
        int ahead = (packet.sequence() - (int) highest) & 0xFFFF;
        if (ahead < CYCLE / 2) {
            highest += ahead;
        }
        long transit = transit(packet, now);
        int difference = Math.abs((int) (transit - lastTransit));
        lastTransit = transit;
        jitter += (difference - jitter) / 16;
    }

    void reported(RtcpReport.Sent sent, Instant now) {
        lastReport = (sent.ntp() >> 16) & 0xFFFF_FFFFL;
        reportedAt = now;
    }

    /** The block of the next report; what was lost since the last is counted from here on anew. */
    ReportBlock block(Instant now) {
        long expected = expected() - expectedBefore;
        long lost = expected - (received - receivedBefore);
        expectedBefore = expected();
        receivedBefore = received;
        int fraction = expected <= 0 || lost <= 0 ? 0 : (int) (lost * 256 / expected);
        long delay = lastReport == 0 ? 0 : Ntp.shortTime(Duration.between(reportedAt, now));
        return new ReportBlock(
                ssrc,
                Math.min(fraction, 255),
                (int) Math.max(-MAX_LOST, Math.min(MAX_LOST, expected() - received)),
                highest,
                (long) jitter,
                lastReport,
                delay);
    }
}
