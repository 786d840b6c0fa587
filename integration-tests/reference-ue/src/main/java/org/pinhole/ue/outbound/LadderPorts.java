package org.pinhole.ue.outbound;

/** Which ports the rungs are at; others than the standard ones are for tests and odd installations. */
public record LadderPorts(int udp, int tls, int web) {
    /** SIP's own two, and the web's. */
    public static final LadderPorts STANDARD = new LadderPorts(5060, 5061, 443);
}
