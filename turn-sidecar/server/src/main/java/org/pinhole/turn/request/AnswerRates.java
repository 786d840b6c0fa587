package org.pinhole.turn.request;

import java.util.random.RandomGenerator;
import org.pinhole.turn.allocation.FiveTuple;
import org.pinhole.turn.allocation.NanoClock;

/**
 * The rates of answers to datagrams and to streams, one each: who sends datagrams in a network's name without being there
 * takes nothing from its clients of TCP and TLS, whose address their connection has proved.
 */
public final class AnswerRates implements AnswerLimit {
    private final SourceRate datagrams;
    private final SourceRate streams;

    /** Both are so many answers a second and network; {@code random} must not be predictable. */
    public AnswerRates(NanoClock clock, RandomGenerator random, int answersPerSecond) {
        this.datagrams = new SourceRate(clock, random.nextLong(), answersPerSecond);
        this.streams = new SourceRate(clock, random.nextLong(), answersPerSecond);
    }

    /** Another rate for both from now on; 0 for no limit. */
    public void set(int answersPerSecond) {
        datagrams.set(answersPerSecond);
        streams.set(answersPerSecond);
    }

    @Override
    public boolean allows(FiveTuple client) {
        SourceRate rate = client.transport().isStream() ? streams : datagrams;
        return rate.allows(client.client().getAddress());
    }
}
