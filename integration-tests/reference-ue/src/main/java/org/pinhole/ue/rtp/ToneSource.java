package org.pinhole.ue.rtp;

import java.time.Duration;

/** A sine in G.711 µ-law, 20 ms a packet (RFC 3551 §4.5.14). */
public final class ToneSource implements RtpSource {
    public static final int PAYLOAD_TYPE = 0;

    private static final int RATE = 8000;
    private static final int SAMPLES = 160;
    private static final int AMPLITUDE = 8000;
    private static final int BIAS = 0x84;
    private static final int CLIP = 32_635;

    private final int hertz;

    public ToneSource(int hertz) {
        this.hertz = hertz;
    }

    @Override
    public int payloadType() {
        return PAYLOAD_TYPE;
    }

    @Override
    public Duration interval() {
        return Duration.ofMillis(20);
    }

    @Override
    public int timestampStep() {
        return SAMPLES;
    }

    @Override
    public int clockRate() {
        return RATE;
    }

    @Override
    public byte[] payload(long number) {
        byte[] payload = new byte[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            double turns = (double) hertz * (number * SAMPLES + i) / RATE;
            payload[i] = muLaw((int) (AMPLITUDE * Math.sin(2 * Math.PI * turns)));
        }
        return payload;
    }

    /** ITU-T G.711: sign, exponent and mantissa of the biased magnitude, all inverted. */
    static byte muLaw(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte) ~(sign | exponent << 4 | mantissa);
    }
}
