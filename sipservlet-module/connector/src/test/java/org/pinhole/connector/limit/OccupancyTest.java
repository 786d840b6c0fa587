package org.pinhole.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OccupancyTest {
    private static final Caps MANY = new Caps(1000, 1000, 1000);

    /** Who had to make room, in order: address and cap. */
    private final List<String> madeRoom = new ArrayList<>();

    @Test
    void theOldestHandshakeOfTheSourceMakesRoomForTheNext() {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(MANY, new Caps(100, 2, 100), MANY));
        enter(occupancy, "192.0.2.1", "oldest");
        enter(occupancy, "192.0.2.1", "older");

        Place newest = enter(occupancy, "192.0.2.1", "newest");

        assertThat(newest.refusal()).isNull();
        assertThat(madeRoom).containsExactly("oldest SOURCE_HANDSHAKES");
        assertThat(occupancy.connections()).isEqualTo(2);
    }

    @Test
    void ofANetworkItIsTheMostCrowdedSourceAndNotTheOneThatComes() {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(MANY, new Caps(100, 100, 4), MANY));
        enter(occupancy, "192.0.2.9", "neighbour");
        for (int i = 0; i < 3; i++) {
            enter(occupancy, "192.0.2.1", "crowd" + i);
        }

        enter(occupancy, "192.0.2.255", "another neighbour");

        assertThat(madeRoom).containsExactly("crowd0 NETWORK_HANDSHAKES");
    }

    @Test
    void ofAllItIsTheMostCrowdedNetworksMostCrowdedSource() {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(MANY, new Caps(7, 100, 100), MANY));
        enter(occupancy, "198.51.100.1", "office0");
        enter(occupancy, "198.51.100.1", "office1");
        enter(occupancy, "198.51.100.1", "office2");
        for (int last = 1; last <= 4; last++) {
            enter(occupancy, "2001:db8:1:200::" + last, "spread" + last); // one network of single addresses
        }

        enter(occupancy, "203.0.113.1", "stranger to all of them");

        assertThat(madeRoom).containsExactly("spread1 HANDSHAKES");
    }

    @Test
    void whoHasAWholeIpv6SiteIsMoreCrowdedThanAnOfficeHoweverManyOfItsNetworksHeSpeaksFrom() {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(MANY, new Caps(7, 100, 100), MANY));
        for (int i = 0; i < 3; i++) {
            enter(occupancy, "198.51.100.1", "office" + i);
        }
        for (int network = 1; network <= 4; network++) {
            enter(occupancy, "2001:db8:1:" + network + "00::1", "site" + network); // each in a /56 of its own
        }

        enter(occupancy, "198.51.100.1", "next of the office");

        assertThat(madeRoom).containsExactly("site1 HANDSHAKES");
    }

    @Test
    void anOfficeIsServedWhileOneOfItsMachinesAndADozenOthersHoldAllPlaces() {
        Occupancy occupancy = new Occupancy(
                new ConnectionLimits(new Caps(500, 200, 300), new Caps(100, 20, 40), new Caps(100, 20, 40)));
        for (int attacker = 0; attacker < 12; attacker++) {
            for (int i = 0; i < 30; i++) {
                enter(occupancy, "192.0." + attacker / 2 + "." + attacker, "silent");
            }
        }
        for (int i = 0; i < 30; i++) {
            enter(occupancy, "198.51.100.1", "silent");
        }

        for (int i = 0; i < 150; i++) {
            Place phone = occupancy.enter(address("198.51.100.1"), OccupancyTest::never);
            assertThat(phone.refusal()).isNull();
            enter(occupancy, "192.0.2.1", "silent"); // they go on meanwhile
            phone.handshakeOver();
            phone.known();
        }

        assertThat(occupancy.connections()).isEqualTo(150 + occupancy.handshakes());
        assertThat(madeRoom).allMatch(who -> who.startsWith("silent"));
    }

    @Test
    void aFlowWithNobodyKnownOnItMakesRoomForAnotherAndOneWithSomebodyNever() {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(MANY, MANY, new Caps(100, 2, 100)));
        Place known = occupancy.enter(address("192.0.2.1"), OccupancyTest::never);
        known.handshakeOver();
        known.known();
        enter(occupancy, "192.0.2.1", "first").handshakeOver();
        enter(occupancy, "192.0.2.1", "second").handshakeOver();

        enter(occupancy, "192.0.2.1", "third").handshakeOver();

        assertThat(madeRoom).containsExactly("first SOURCE_STRANGERS");
        assertThat(occupancy.strangers()).isEqualTo(2);
        assertThat(occupancy.connections()).isEqualTo(3);
    }

    @Test
    void whoeverIsNotKnownMakesRoomUnderTheCapOnAllConnectionsToo() {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(new Caps(3, 100, 100), MANY, MANY));
        enter(occupancy, "192.0.2.1", "flow").handshakeOver();
        enter(occupancy, "192.0.2.2", "handshake");
        Place known = occupancy.enter(address("192.0.2.3"), OccupancyTest::never);
        known.handshakeOver();
        known.known();

        enter(occupancy, "192.0.2.4", "newest");
        enter(occupancy, "192.0.2.4", "newest");

        assertThat(madeRoom)
                .hasSize(2)
                .doesNotContain("newest CONNECTIONS")
                .allMatch(who -> who.endsWith("CONNECTIONS"));
    }

    @Test
    void whereAllAreKnownTheNextIsRefusedUntilOneLeaves() {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(new Caps(100, 2, 3), MANY, MANY));
        Place first = known(occupancy, "192.0.2.1");
        known(occupancy, "192.0.2.1");

        assertThat(enter(occupancy, "192.0.2.1", "").refusal()).isEqualTo(Full.SOURCE);
        known(occupancy, "192.0.2.2");
        assertThat(enter(occupancy, "192.0.2.3", "").refusal()).isEqualTo(Full.NETWORK);
        assertThat(enter(occupancy, "192.0.3.1", "").refusal()).isNull();
        first.leave();
        assertThat(enter(occupancy, "192.0.2.1", "").refusal()).isNull();
        assertThat(madeRoom).isEmpty();
    }

    @Test
    void theNeighboursInA24OrA56ShareOneCap() {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(new Caps(100, 100, 1), MANY, MANY));
        known(occupancy, "192.0.2.1");
        known(occupancy, "2001:db8:1:200::1");

        assertThat(enter(occupancy, "192.0.2.255", "").refusal()).isEqualTo(Full.NETWORK);
        assertThat(enter(occupancy, "192.0.3.1", "").refusal()).isNull();
        assertThat(enter(occupancy, "2001:db8:1:2ff::1", "").refusal()).isEqualTo(Full.NETWORK);
        assertThat(enter(occupancy, "2001:db8:1:300::1", "").refusal()).isNull();
    }

    @Test
    void aV4AddressInV6ClothingIsTheSameSource() {
        Occupancy occupancy = new Occupancy(new ConnectionLimits(new Caps(100, 1, 100), MANY, MANY));
        known(occupancy, "192.0.2.1");

        assertThat(enter(occupancy, "::ffff:192.0.2.1", "").refusal()).isEqualTo(Full.SOURCE);
    }

    @Test
    void ofIpv6TheHostIsThe64() {
        assertThat(Network.host(address("2001:db8:1:2:3:4:5:6"))).isEqualTo(address("2001:db8:1:2::"));
        assertThat(Network.host(address("192.0.2.77"))).isEqualTo(address("192.0.2.77"));
    }

    @Test
    void howeverOftenAConnectionEndsItLeavesOnceAndNothingIsLeftBehind() {
        Occupancy occupancy =
                new Occupancy(new ConnectionLimits(new Caps(2, 2, 2), new Caps(1, 1, 1), new Caps(1, 1, 1)));
        Place evicted = enter(occupancy, "192.0.2.1", "evicted");
        Place place = enter(occupancy, "192.0.2.1", "place");
        place.handshakeOver();
        Place other = known(occupancy, "192.0.2.1");
        Place refused = enter(occupancy, "192.0.2.1", "");

        for (Place ending : new Place[] {evicted, place, other, refused}) {
            ending.handshakeOver();
            ending.known();
            ending.leave();
            ending.leave();
        }

        assertThat(madeRoom).startsWith("evicted SOURCE_HANDSHAKES");
        assertThat(occupancy.connections()).isZero();
        assertThat(occupancy.handshakes()).isZero();
        assertThat(occupancy.strangers()).isZero();
        assertThat(occupancy.entries()).isZero();
    }

    private Place enter(Occupancy occupancy, String literal, String name) {
        return occupancy.enter(address(literal), full -> madeRoom.add(name + ' ' + full));
    }

    private static Place known(Occupancy occupancy, String literal) {
        Place place = occupancy.enter(address(literal), OccupancyTest::never);
        place.handshakeOver();
        place.known();
        return place;
    }

    private static void never(Full full) {
        throw new AssertionError("had to make room: " + full);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException noLiteral) {
            throw new IllegalArgumentException(noLiteral);
        }
    }
}
