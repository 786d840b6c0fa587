package org.pinhole.turn;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.DatagramSocket;
import org.pinhole.turn.relay.IpLiteral;

/** Some containers have no IPv6, not even on loopback. */
public final class Ipv6 {
    private Ipv6() {}

    /** Skips the test where ::1 cannot be bound. */
    public static void assumeIsHere() {
        assumeThat(isHere()).as("IPv6 on loopback").isTrue();
    }

    private static boolean isHere() {
        try (DatagramSocket probe = new DatagramSocket(0, IpLiteral.parse("::1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
