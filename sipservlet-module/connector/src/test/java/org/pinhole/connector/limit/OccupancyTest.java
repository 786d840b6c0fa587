package org.pinhole.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class OccupancyTest {
    @Test
    void aSourceTakesItsShareAndNoMoreUntilItLeaves() throws UnknownHostException {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(new Caps(100, 2, 100), new Caps(100, 100, 100)));
        Place first = occupancy.enter(address("192.0.2.1"));
        occupancy.enter(address("192.0.2.1"));

        assertThat(occupancy.enter(address("192.0.2.1")).refusal()).isEqualTo(Full.SOURCE);
        assertThat(occupancy.enter(address("192.0.2.2")).refusal()).isNull();
        first.leave();
        assertThat(occupancy.enter(address("192.0.2.1")).refusal()).isNull();
    }

    @Test
    void theNeighboursInA24OrA56ShareOneCap() throws UnknownHostException {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(new Caps(100, 100, 1), new Caps(100, 100, 100)));
        occupancy.enter(address("192.0.2.1"));
        occupancy.enter(address("2001:db8:1:200::1"));

        assertThat(occupancy.enter(address("192.0.2.255")).refusal()).isEqualTo(Full.NETWORK);
        assertThat(occupancy.enter(address("192.0.3.1")).refusal()).isNull();
        assertThat(occupancy.enter(address("2001:db8:1:2ff::1")).refusal()).isEqualTo(Full.NETWORK);
        assertThat(occupancy.enter(address("2001:db8:1:300::1")).refusal()).isNull();
    }

    @Test
    void aV4AddressInV6ClothingIsTheSameSource() throws UnknownHostException {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(new Caps(100, 1, 100), new Caps(100, 100, 100)));
        occupancy.enter(address("192.0.2.1"));

        assertThat(occupancy.enter(address("::ffff:192.0.2.1")).refusal()).isEqualTo(Full.SOURCE);
    }

    @Test
    void aFlowNoLongerCountsAmongTheHandshakes() throws UnknownHostException {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(new Caps(2, 100, 100), new Caps(1, 1, 1)));
        Place first = occupancy.enter(address("192.0.2.1"));

        assertThat(occupancy.enter(address("198.51.100.1")).refusal()).isEqualTo(Full.HANDSHAKES);
        first.handshakeOver();
        assertThat(occupancy.enter(address("198.51.100.1")).refusal()).isNull();
        assertThat(occupancy.enter(address("203.0.113.1")).refusal()).isEqualTo(Full.CONNECTIONS);
    }

    @Test
    void aFewSourcesThatOnlyBeginHandshakesLeaveRoomForOthers() throws UnknownHostException {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(new Caps(100, 100, 100), new Caps(10, 2, 3)));
        Place first = occupancy.enter(address("192.0.2.1"));
        occupancy.enter(address("192.0.2.1"));
        occupancy.enter(address("192.0.2.2"));

        assertThat(occupancy.enter(address("192.0.2.1")).refusal()).isEqualTo(Full.SOURCE_HANDSHAKES);
        assertThat(occupancy.enter(address("192.0.2.3")).refusal()).isEqualTo(Full.NETWORK_HANDSHAKES);
        assertThat(occupancy.enter(address("198.51.100.1")).refusal()).isNull();
        first.handshakeOver();
        assertThat(occupancy.enter(address("192.0.2.1")).refusal()).isNull();
        assertThat(occupancy.enter(address("192.0.2.2")).refusal()).isEqualTo(Full.NETWORK_HANDSHAKES);
    }

    @Test
    void howeverOftenAConnectionEndsItLeavesOnceAndNothingIsLeftBehind() throws UnknownHostException {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(new Caps(1, 1, 1), new Caps(1, 1, 1)));
        Place place = occupancy.enter(address("192.0.2.1"));
        Place refused = occupancy.enter(address("192.0.2.1"));

        refused.handshakeOver();
        refused.leave();
        assertThat(occupancy.connections()).isEqualTo(1);
        place.handshakeOver();
        place.leave();
        place.leave();

        assertThat(occupancy.connections()).isZero();
        assertThat(occupancy.handshakes()).isZero();
        assertThat(occupancy.sources()).isZero();
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
