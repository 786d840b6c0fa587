package org.pinhole.turn.auth;

/** The outcome of a request that proved who asks. */
public record Authenticated(User user, Seal seal) {}
