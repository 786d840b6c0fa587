package org.pinhole.ue.sip;

import java.util.Locale;

/** What a UE does wrong on command, so that a test sees what the server makes of it. */
public enum Misbehaviour {
    /** Each ping in two halves, half a second apart. */
    SPLIT_PINGS,
    /** Pings three times as far apart as was agreed on. */
    LATE_PINGS,
    /** No pings at all, but for the one that a new flow begins with. */
    NO_PINGS,
    /** A value for {@code keep}, which is the edge's to give, in every Via of requests and of responses. */
    PLANTED_KEEP,
    /** Whatever carries credentials goes out once more, when it is answered, as another request with the same ones. */
    REPLAYS,
    /** The nonce count stays at 1. */
    WRONG_NC,
    /** Calls go to where the call before went in the end: to a flow token that may be nobody's any more. */
    REUSED_TOKEN,
    /** Sixteen octets a second are read, and no more; what a registration takes is read before. */
    SLOW_READING;

    /** As the command line has it, such as {@code split-pings}. */
    public static Misbehaviour parse(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + name + "' is nothing that this UE can do wrong", e);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
