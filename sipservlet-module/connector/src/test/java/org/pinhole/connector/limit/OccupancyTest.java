package org.pinhole.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OccupancyTest {
    private static final Caps MANY = new Caps(1000, 1000, 1000);

    private static final long STALLED = TimeUnit.SECONDS.toNanos(2);

    /** Who had to make room, in order: address and cap. */
    private final List<String> madeRoom = new ArrayList<>();

    private long now = -1;

    @Test
    void theOldestHandshakeOfTheSourceMakesRoomForTheNext() {
        Occupancy occupancy = occupancy(new ConnectionLimits(MANY, new Caps(100, 2, 100), MANY));
        enter(occupancy, "192.0.2.1", "oldest");
        enter(occupancy, "192.0.2.1", "older");
        now += STALLED;

        Place newest = enter(occupancy, "192.0.2.1", "newest");

        assertThat(newest.refusal()).isNull();
        assertThat(madeRoom).containsExactly("oldest SOURCE_HANDSHAKES");
        assertThat(occupancy.connections()).isEqualTo(2);
    }

    @Test
    void whenAllPhonesBehindOneAddressComeBackAtOnceNoneEndsTheHandshakeOfAnother() {
        Occupancy occupancy = occupancy(new ConnectionLimits(MANY, new Caps(1000, 100, 1000), MANY));
        List<Place> under = new ArrayList<>();
        int refused = 0;
        for (int phone = 0; phone < 300; phone++) {
            Place place = enter(occupancy, "192.0.2.1", "phone");
            if (place.refusal() == Full.SOURCE_HANDSHAKES) {
                refused++;
            } else {
                under.add(place);
            }
            now += STALLED / 300;
        }
        assertThat(refused).isEqualTo(200);

        under.forEach(Place::handshakeOver);
        for (int phone = 0; phone < 100; phone++) { // as many of them, when they come again
            assertThat(enter(occupancy, "192.0.2.1", "phone").refusal()).isNull();
        }
        assertThat(madeRoom).isEmpty();
    }

    @Test
    void whoHasComeAStepFurtherOrWaitsForUsIsNotWhoStalls() {
        Occupancy occupancy = occupancy(new ConnectionLimits(MANY, new Caps(100, 3, 100), MANY));
        Place waits = enter(occupancy, "192.0.2.1", "waits");
        Place advances = enter(occupancy, "192.0.2.1", "advances");
        enter(occupancy, "192.0.2.1", "drips").awaitsItsTurn(true);
        waits.awaitsItsTurn(true);
        now += STALLED;
        advances.advanced();

        assertThat(enter(occupancy, "192.0.2.1", "early").refusal()).isEqualTo(Full.SOURCE_HANDSHAKES);
        now += STALLED - 1;
        assertThat(enter(occupancy, "192.0.2.1", "early").refusal()).isEqualTo(Full.SOURCE_HANDSHAKES);
        now++;
        assertThat(enter(occupancy, "192.0.2.1", "next").refusal()).isNull();
        assertThat(madeRoom).containsExactly("advances SOURCE_HANDSHAKES");

        now++;
        waits.awaitsItsTurn(false);
        waits.advanced();
        now += STALLED;
        enter(occupancy, "192.0.2.1", "last");
        assertThat(madeRoom).containsExactly("advances SOURCE_HANDSHAKES", "next SOURCE_HANDSHAKES");
    }

    @Test
    void whoSpeaksByteByByteHasStalledAllTheSame() {
        Occupancy occupancy = occupancy(new ConnectionLimits(MANY, new Caps(100, 1, 100), MANY));
        Place drips = enter(occupancy, "192.0.2.1", "drips");
        for (int octet = 0; octet < 100; octet++) {
            now += STALLED / 100;
            drips.awaitsItsTurn(true);
            drips.awaitsItsTurn(false);
        }

        assertThat(enter(occupancy, "192.0.2.1", "next").refusal()).isNull();
        assertThat(madeRoom).containsExactly("drips SOURCE_HANDSHAKES");
    }

    @Test
    void whereOthersAreMoreCrowdedTheyMakeRoomAtOnceHoweverBusyTheyAre() {
        Occupancy occupancy = occupancy(new ConnectionLimits(MANY, new Caps(3, 100, 100), MANY));
        for (int i = 0; i < 3; i++) {
            enter(occupancy, "192.0.2.1", "crowd" + i).awaitsItsTurn(true);
        }

        enter(occupancy, "198.51.100.1", "office");

        assertThat(madeRoom).containsExactly("crowd0 HANDSHAKES");
    }

    @Test
    void aFlowThatNobodyHasHadTimeToBeKnownOnIsNotEndedForANewerOneOfItsOwnSource() {
        Occupancy occupancy = occupancy(new ConnectionLimits(MANY, MANY, new Caps(100, 1, 100)));
        Place first = enter(occupancy, "192.0.2.1", "first");
        first.handshakeOver();

        enter(occupancy, "192.0.2.1", "second").handshakeOver();
        first.known();

        assertThat(madeRoom).containsExactly("second SOURCE_STRANGERS");
        assertThat(occupancy.connections()).isEqualTo(1);
        assertThat(occupancy.handshakes() + occupancy.strangers()).isZero();
    }

    @Test
    void ofANetworkItIsTheMostCrowdedSourceAndNotTheOneThatComes() {
        Occupancy occupancy = occupancy(new ConnectionLimits(MANY, new Caps(100, 100, 4), MANY));
        enter(occupancy, "192.0.2.9", "neighbour");
        for (int i = 0; i < 3; i++) {
            enter(occupancy, "192.0.2.1", "crowd" + i);
        }

        enter(occupancy, "192.0.2.255", "another neighbour");

        assertThat(madeRoom).containsExactly("crowd0 NETWORK_HANDSHAKES");
    }

    @Test
    void ofAllItIsTheMostCrowdedNetworksMostCrowdedSource() {
        Occupancy occupancy = occupancy(new ConnectionLimits(MANY, new Caps(7, 100, 100), MANY));
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
        Occupancy occupancy = occupancy(new ConnectionLimits(MANY, new Caps(7, 100, 100), MANY));
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
    void whoHasAWholeProvidersIpv6IsMoreCrowdedThanAnOfficeHoweverManySitesHeSpeaksFrom() {
        Caps caps = new Caps(3000, 1000, 1000);
        Occupancy occupancy = occupancy(new ConnectionLimits(caps, caps, caps));
        for (int i = 0; i < 50; i++) {
            enter(occupancy, "198.51.100.1", "office");
        }

        for (int site = 0; site < 5000; site++) {
            enter(occupancy, "2001:db8:" + Integer.toHexString(site) + "::1", "site");
        }

        assertThat(madeRoom).hasSize(5050 - 3000).containsOnly("site CONNECTIONS");
    }

    @Test
    void anOfficeIsServedWhileOneOfItsMachinesAndADozenOthersHoldAllPlaces() {
        Occupancy occupancy =
                occupancy(new ConnectionLimits(new Caps(500, 200, 300), new Caps(100, 20, 40), new Caps(100, 20, 40)));
        for (int attacker = 0; attacker < 12; attacker++) {
            for (int i = 0; i < 30; i++) {
                enter(occupancy, "192.0." + attacker / 2 + "." + attacker, "silent");
            }
        }
        for (int i = 0; i < 30; i++) {
            enter(occupancy, "198.51.100.1", "silent");
        }
        now += STALLED;

        for (int i = 0; i < 150; i++) {
            Place phone = occupancy.enter(source("198.51.100.1"), OccupancyTest::never);
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
        Occupancy occupancy = occupancy(new ConnectionLimits(MANY, MANY, new Caps(100, 2, 100)));
        Place known = occupancy.enter(source("192.0.2.1"), OccupancyTest::never);
        known.handshakeOver();
        known.known();
        enter(occupancy, "192.0.2.1", "first").handshakeOver();
        enter(occupancy, "192.0.2.1", "second").handshakeOver();
        now += STALLED;

        enter(occupancy, "192.0.2.1", "third").handshakeOver();

        assertThat(madeRoom).containsExactly("first SOURCE_STRANGERS");
        assertThat(occupancy.strangers()).isEqualTo(2);
        assertThat(occupancy.connections()).isEqualTo(3);
    }

    @Test
    void whoeverIsNotKnownMakesRoomUnderTheCapOnAllConnectionsToo() {
        Occupancy occupancy = occupancy(new ConnectionLimits(new Caps(3, 100, 100), MANY, MANY));
        enter(occupancy, "192.0.2.1", "flow").handshakeOver();
        enter(occupancy, "192.0.2.2", "handshake");
        Place known = occupancy.enter(source("192.0.2.3"), OccupancyTest::never);
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
        Occupancy occupancy = occupancy(new ConnectionLimits(new Caps(100, 2, 3), MANY, MANY));
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
        Occupancy occupancy = occupancy(new ConnectionLimits(new Caps(100, 100, 1), MANY, MANY));
        known(occupancy, "192.0.2.1");
        known(occupancy, "2001:db8:1:200::1");

        assertThat(enter(occupancy, "192.0.2.255", "").refusal()).isEqualTo(Full.NETWORK);
        assertThat(enter(occupancy, "192.0.3.1", "").refusal()).isNull();
        assertThat(enter(occupancy, "2001:db8:1:2ff::1", "").refusal()).isEqualTo(Full.NETWORK);
        assertThat(enter(occupancy, "2001:db8:1:300::1", "").refusal()).isNull();
    }

    @Test
    void aV4AddressInV6ClothingIsTheSameSource() {
        Occupancy occupancy = occupancy(new ConnectionLimits(new Caps(100, 1, 100), MANY, MANY));
        known(occupancy, "192.0.2.1");

        assertThat(enter(occupancy, "::ffff:192.0.2.1", "").refusal()).isEqualTo(Full.SOURCE);
    }

    @Test
    void howeverOftenAConnectionEndsItLeavesOnceAndNothingIsLeftBehind() {
        Occupancy occupancy = occupancy(new ConnectionLimits(new Caps(2, 2, 2), new Caps(1, 1, 1), new Caps(1, 1, 1)));
        Place evicted = enter(occupancy, "192.0.2.1", "evicted");
        now += STALLED;
        Place place = enter(occupancy, "192.0.2.1", "place");
        place.handshakeOver();
        now += STALLED;
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

    private Occupancy occupancy(ConnectionLimits limits) {
        return new Occupancy(limits, () -> now);
    }

    private Place enter(Occupancy occupancy, String literal, String name) {
        return occupancy.enter(source(literal), full -> madeRoom.add(name + ' ' + full));
    }

    private static Place known(Occupancy occupancy, String literal) {
        Place place = occupancy.enter(source(literal), OccupancyTest::never);
        place.handshakeOver();
        place.known();
        return place;
    }

    private static void never(Full full) {
        throw new AssertionError("had to make room: " + full);
    }

    private static Network source(String literal) {
        try {
            return Network.source(InetAddress.getByName(literal));
        } catch (UnknownHostException noLiteral) {
            throw new IllegalArgumentException(noLiteral);
        }
    }
}
