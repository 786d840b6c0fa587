package org.pinhole.turn.relay;

/** A relay on an even port and the lease of the next one (RFC 8656 §7.2, EVEN-PORT with R). */
public record RelayPair(Relay even, PortLease next) {}
