package org.pinhole.ue.rtp;

import java.time.Duration;

/** Something to send that needs no device. */
public interface RtpSource {
    int payloadType();

    /** Between two packets. */
    Duration interval();

    /** How far the RTP clock runs in an interval. */
    int timestampStep();

    /** Ticks of the RTP clock in a second. */
    int clockRate();

    /** The payload of the packet with this number, from zero. */
    byte[] payload(long number);
}
