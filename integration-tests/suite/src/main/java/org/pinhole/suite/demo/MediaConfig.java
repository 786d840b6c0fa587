package org.pinhole.suite.demo;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.turn.TurnUri;

/**
 * Where media goes besides {@link StoryConfig}. Prints no password.
 *
 * @param sip the edge and the two users
 * @param turns the TURN server over TLS, as the 200 to REGISTER has to name it
 * @param turn the same over plain TCP, tried without a proxy; null where only a proxy leads out (U-17)
 * @param forbiddenPeer an address that the TURN server must not relay to
 */
public record MediaConfig(
        StoryConfig sip, TurnUri turns, @Nullable TurnUri turn, InetSocketAddress forbiddenPeer) {
    /** How many packets go from alice's relay to bob's and back: twenty seconds of a G.711 call. */
    public static final int PACKETS = 1000;

    /** Twenty milliseconds of G.711. */
    public static final int PACKET_BYTES = 160;
}
