package org.pinhole.turn.auth;

/**
 * The outcome of a request that proved who asks.
 *
 * @param revoked whether that user may no longer use the server, though it once might and has the right keys
 */
public record Authenticated(User user, Seal seal, boolean revoked) {}
