package org.pinhole.ue.rtp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One medium: what its source makes is sent when it is due, what comes is counted, and reports go with it on the same port.
 * No sockets, no clock; lives on one thread.
 */
public final class RtpStream {
    /** Less than RFC 3550's 5 s, as RFC 4585's early reports may be: short calls get figures, too. */
    private static final Duration REPORT_EVERY = Duration.ofSeconds(1);

    private final RtpSource source;
    private final long ssrc;
    private final String cname;
    private final int firstSequence;
    private final long firstTimestamp;
    private long sent;
    private long octets;
    private Instant nextPacket;
    private Instant nextReport;
    private boolean muted;
    private @Nullable Reception reception;
    private @Nullable Integer lostOnTheWayOut;
    private @Nullable Duration roundTrip;

    public RtpStream(RtpSource source, String cname, RandomGenerator random, Instant now) {
        this.source = source;
        this.cname = cname;
        this.ssrc = random.nextInt() & 0xFFFF_FFFFL;
        this.firstSequence = random.nextInt(0x8000);
        this.firstTimestamp = random.nextInt() & 0xFFFF_FFFFL;
        this.nextPacket = now;
        this.nextReport = now.plus(REPORT_EVERY);
    }

    public int payloadType() {
        return source.payloadType();
    }

    /** From now on nothing is sent, not even reports; what keeps the path alive is ICE's (U-14). */
    public void mute() {
        muted = true;
    }

    /** Goes on where it was muted, with the next number. */
    public void unmute() {
        muted = false;
    }

    /** When {@link #poll} is to be called next. */
    public Instant due() {
        return nextPacket.isBefore(nextReport) ? nextPacket : nextReport;
    }

    /** What is to be sent by now; what was not asked for in time is not made up for beyond a second. */
    public List<byte[]> poll(Instant now) {
        List<byte[]> out = new ArrayList<>();
        if (nextPacket.isBefore(now.minusSeconds(1))) {
            nextPacket = now;
        }
        while (!nextPacket.isAfter(now)) {
            nextPacket = nextPacket.plus(source.interval());
            if (!muted) {
                out.add(packet());
            }
        }
        if (!nextReport.isAfter(now)) {
            nextReport = now.plus(REPORT_EVERY);
            if (!muted) {
                out.add(report(now));
            }
        }
        return out;
    }

    private byte[] packet() {
        byte[] payload = source.payload(sent);
        RtpPacket packet = new RtpPacket(
                source.payloadType(), sent == 0, (int) (firstSequence + sent) & 0xFFFF, timestamp(sent), ssrc, payload);
        sent++;
        octets += payload.length;
        return packet.write();
    }

    private long timestamp(long number) {
        return (firstTimestamp + number * source.timestampStep()) & 0xFFFF_FFFFL;
    }

    private byte[] report(Instant now) {
        Reception of = reception;
        List<ReportBlock> blocks = of == null ? List.of() : List.of(of.block(now));
        RtcpReport.Sent ours = new RtcpReport.Sent(Ntp.of(now), timestamp(sent), sent, octets);
        return new RtcpReport(ssrc, ours, blocks, cname).write();
    }

    /** Takes what arrived if it belongs to this medium; whether it does. */
    public boolean receive(byte[] octetsReceived, Instant now) {
        return RtcpReport.is(octetsReceived) ? rtcp(octetsReceived, now) : rtp(octetsReceived, now);
    }

    private boolean rtp(byte[] packet, Instant now) {
        RtpPacket read = RtpPacket.find(packet);
        if (read == null || read.payloadType() != source.payloadType()) {
            return false;
        }
        Reception known = reception;
        if (known == null || known.ssrc() != read.ssrc()) {
            known = new Reception(read, source.clockRate(), now);
            reception = known;
        }
        known.arrived(read, now);
        return true;
    }

    private boolean rtcp(byte[] packet, Instant now) {
        RtcpReport report = RtcpReport.find(packet);
        if (report == null) {
            return false;
        }
        Reception known = reception;
        RtcpReport.Sent theirs = report.sent();
        boolean mine = false;
        if (known != null && known.ssrc() == report.ssrc()) {
            mine = true;
            if (theirs != null) {
                known.reported(theirs, now);
            }
        }
        for (ReportBlock block : report.blocks()) {
            if (block.ssrc() == ssrc) {
                judged(block, now);
                mine = true;
            }
        }
        return mine;
    }

    private void judged(ReportBlock block, Instant now) {
        lostOnTheWayOut = block.lost();
        if (block.lastReport() != 0) {
            long trip = (Ntp.shortTime(now) - block.lastReport() - block.delay()) & 0xFFFF_FFFFL;
            roundTrip = trip > Integer.MAX_VALUE ? Duration.ZERO : Ntp.ofShort(trip);
        }
    }

    public RtpFigures figures() {
        Reception known = reception;
        long received = known == null ? 0 : known.received();
        long lost = known == null ? 0 : Math.max(0, known.expected() - received);
        return new RtpFigures(sent, received, lost, lostOnTheWayOut, roundTrip);
    }
}
