package org.pinhole.turn.transport;

import java.time.Duration;

/**
 * What a TCP or TLS connection may take.
 *
 * @param handshake for the PROXY header, and again for the TLS handshake
 * @param firstMessage from the connection to its first STUN message
 * @param idle without a word and without an allocation
 * @param slowReader without taking anything of what waits for it
 * @param queueAge how old a packet may get that waits for a slow client
 * @param queueBytes how much may wait for it beyond what is on its way
 */
public record StreamLimits(
        Duration handshake,
        Duration firstMessage,
        Duration idle,
        Duration slowReader,
        Duration queueAge,
        int queueBytes) {

    public static final StreamLimits DEFAULT = new StreamLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofMillis(500),
            256 * 1024);

    /** How often a connection looks at the time: often enough for the shortest of these, at most four times a second. */
    Duration checkPeriod() {
        Duration shortest = firstMessage;
        for (Duration limit : new Duration[] {idle, slowReader}) {
            shortest = limit.compareTo(shortest) < 0 ? limit : shortest;
        }
        long millis = Math.max(250, Math.min(5_000, shortest.toMillis() / 4));
        return Duration.ofMillis(millis);
    }
}
