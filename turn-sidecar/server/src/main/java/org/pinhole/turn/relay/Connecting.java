package org.pinhole.turn.relay;

import java.util.concurrent.CompletableFuture;

/**
 * A connection with a peer in the making. The end is the caller's from the start: closing it abandons the attempt.
 *
 * @param outcome completes on the event loop; fails with a 447 when the peer refuses, does not answer in time or is abandoned,
 *     and then the end is closed
 */
public record Connecting(StreamEnd end, CompletableFuture<Void> outcome) {}
