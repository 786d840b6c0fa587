package org.pinhole.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnfinishedOctetsTest {
    private final UnfinishedOctets unfinished = new UnfinishedOctets(1000);
    private final List<String> ended = new ArrayList<>();

    @Test
    void beyondAQuarterTheOldestOfTheSourceEndsAndNotTheOneThatComes() {
        holds(1, "oldest", 150);
        holds(1, "older", 100);

        holds(1, "newest", 20);

        assertThat(ended).containsExactly("oldest");
        assertThat(unfinished.all()).isEqualTo(120);
        holds(2, "another source", 250);
        assertThat(ended).containsExactly("oldest");
    }

    @Test
    void beyondAllThatThereIsItIsTheSourceThatHoldsMost() {
        for (int source = 1; source <= 3; source++) {
            holds(source, "of " + source, 200 + source);
        }
        holds(4, "of 4", 200);

        holds(5, "of 5", 250);

        assertThat(ended).containsExactly("of 5"); // who brings it about, and holds most
        holds(6, "of 6", 195);
        assertThat(ended).containsExactly("of 5", "of 3");
    }

    @Test
    void whoHoldsNothingMeanwhileIsTheYoungestWhenItHoldsSomeAgain() {
        Holding comesAndGoes = holds(1, "comes and goes", 10);
        holds(1, "stays", 100);
        comesAndGoes.change(-10);
        comesAndGoes.change(10);

        holds(1, "newest", 200);

        assertThat(ended).containsExactly("stays");
    }

    @Test
    void theSourcesOfANetworkHaveAQuarterTogetherAndTheGreediestOfThemMakesRoom() {
        for (int source = 1; source <= 8; source++) {
            holds(source(1, source), "of " + source, source == 3 ? 40 : 30);
        }

        holds(source(1, 9), "newest", 30);

        assertThat(ended).containsExactly("of 3");
        holds(source(2, 1), "another network", 250);
        assertThat(ended).containsExactly("of 3");
    }

    @Test
    void anIpv6NetworkIsA48WhateverIsMadeOfIt() throws UnknownHostException {
        for (int subnet = 1; subnet <= 8; subnet++) {
            holds(Network.source(InetAddress.getByName("2001:db8:1:" + subnet + "::1")), "of " + subnet, 30);
        }

        holds(Network.source(InetAddress.getByName("2001:db8:1:9::1")), "newest", 31);

        assertThat(ended).containsExactly("newest");
        assertThat(unfinished.networks()).isEqualTo(1);
    }

    @Test
    void strangersMakeRoomBeforePhonesThatAreKnown() {
        for (int source = 1; source <= 3; source++) {
            knownHolds(source, "known " + source, 240);
        }
        holds(4, "stranger", 250);
        holds(6, "stranger with less", 10);

        knownHolds(5, "another that is known", 30);

        assertThat(ended).containsExactly("stranger");
    }

    @Test
    void phonesThatAreKnownLeaveAQuarterToStrangersAndTheGreediestSourcesOldestEndsNotTheOneThatGrew() {
        knownHolds(1, "greediest's oldest", 125);
        knownHolds(1, "greediest's newest", 125);
        knownHolds(2, "two's", 245);
        knownHolds(3, "three's", 245);

        knownHolds(4, "honest", 20);

        assertThat(ended).containsExactly("greediest's oldest");
        holds(5, "stranger", 250);
        assertThat(ended).containsExactly("greediest's oldest");
    }

    @Test
    void oneNetworkHasAQuarterAlsoOfWhatPhonesThatAreKnownHold() {
        knownHolds(1, "oldest", 200);
        knownHolds(1, "newer", 50);

        Holding newest = unfinished.of(source(1, 1), () -> ended.add("newest"));
        newest.change(10);
        newest.known();

        assertThat(ended).containsExactly("oldest");
        assertThat(unfinished.all()).isEqualTo(60);
    }

    @Test
    void whoIsOverHoldsNothingWhateverItsStationsSay() {
        Holding one = holds(1, "one", 100);
        Holding known = holds(2, "known", 100);
        known.known();

        one.release();
        one.change(50);
        one.change(-100);
        known.release();
        known.release();

        assertThat(unfinished.all()).isZero();
        assertThat(unfinished.networks()).isZero();
        assertThat(ended).isEmpty();
    }

    private Holding holds(int network, String name, int octets) {
        return holds(source(network, 1), name, octets);
    }

    private Holding holds(Network source, String name, int octets) {
        Holding holding = unfinished.of(source, () -> ended.add(name));
        holding.change(octets);
        return holding;
    }

    private void knownHolds(int network, String name, int octets) {
        Holding holding = unfinished.of(source(network, 1), () -> ended.add(name));
        holding.known();
        holding.change(octets);
    }

    private static Network source(int network, int host) {
        try {
            return Network.source(InetAddress.getByAddress(new byte[] {127, 0, (byte) network, (byte) host}));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
