package org.pinhole.connector.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pinhole.connector.limit.Deadlines;
import org.pinhole.connector.limit.Full;
import org.pinhole.connector.limit.Limits;
import org.pinhole.connector.limit.MessageLimits;
import org.pinhole.connector.limit.Network;
import org.pinhole.connector.limit.Occupancy;
import org.pinhole.connector.limit.Place;

/** Each parameter sets the limit that it is named after, and no other. */
class LimitsPlanTest {
    private static final String PREFIX = "pinhole.limits.";

    private long now;

    @ParameterizedTest
    @EnumSource
    void aCapOfTwoIsReachedByTheThirdOfItsKindAndNamedByItsParameter(Full cap) {
        Occupancy occupancy = new Occupancy(limits(PREFIX + cap.limit(), "2").connections(), () -> now);
        List<Full> reached = new ArrayList<>();

        for (int i = 0; i < 3; i++) {
            Place place = occupancy.enter(Network.source(source(cap, i)), reached::add);
            if (place.refusal() != null) {
                reached.add(place.refusal());
            }
            if (!cap.name().contains("HANDSHAKES")) {
                place.handshakeOver();
            }
            now += TimeUnit.SECONDS.toNanos(2);
            if (!cap.name().contains("HANDSHAKES") && !cap.name().contains("STRANGERS")) {
                place.known();
            }
        }

        assertThat(reached).containsExactly(cap);
    }

    @Test
    void deadlinesAndSizesAreEachTheirOwnParameters() {
        Map<String, String> set = new HashMap<>();
        set.put(PREFIX + "handshake-seconds", "71");
        set.put(PREFIX + "first-message-seconds", "72");
        set.put(PREFIX + "idle-seconds", "7300");
        set.put(PREFIX + "header-bytes", "7400");
        set.put(PREFIX + "message-bytes", "75000");
        set.put(PREFIX + "headers", "76");

        Deadlines deadlines = limits(set).deadlines();
        MessageLimits messages = limits(set).messages();

        assertThat(deadlines.handshakeSeconds()).isEqualTo(71);
        assertThat(deadlines.firstMessageSeconds()).isEqualTo(72);
        assertThat(deadlines.idleSeconds()).isEqualTo(7300);
        assertThat(messages.headerBytes()).isEqualTo(7400);
        assertThat(messages.messageBytes()).isEqualTo(75_000);
        assertThat(messages.headers()).isEqualTo(76);
    }

    @Test
    void unlessSetTheyAreThoseOfTheRequirements() {
        Limits limits = limits(new HashMap<>());

        assertThat(limits.deadlines().handshakeSeconds()).isEqualTo(10);
        assertThat(limits.deadlines().firstMessageSeconds()).isEqualTo(32);
        assertThat(limits.deadlines().idleSeconds()).isEqualTo(7200);
        assertThat(limits.messages().headerBytes()).isEqualTo(16 * 1024);
        assertThat(limits.messages().messageBytes()).isEqualTo(64 * 1024);
        assertThat(limits.messages().headers()).isEqualTo(256);
    }

    private static InetAddress source(Full cap, int number) {
        String from = cap.limit().endsWith("-per-source")
                ? "192.0.2.1"
                : cap.limit().endsWith("-per-network") ? "192.0.2." + number : "192.0." + number + ".1";
        try {
            return InetAddress.getByName(from);
        } catch (UnknownHostException noLiteral) {
            throw new IllegalArgumentException(noLiteral);
        }
    }

    private static Limits limits(String parameter, String value) {
        Map<String, String> set = new HashMap<>();
        set.put(parameter, value);
        return limits(set);
    }

    private static Limits limits(Map<String, String> set) {
        return ConnectorPlan.limits("app", Settings.of("app", set, new Properties(), new Properties()));
    }
}
