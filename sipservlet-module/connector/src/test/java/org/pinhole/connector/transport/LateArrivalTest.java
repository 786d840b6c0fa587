package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pinhole.bridge.EmergencyTargets;
import org.pinhole.connector.LogLines;
import org.pinhole.connector.flow.FlowTable;
import org.pinhole.connector.flow.FlowTokenCodec;
import org.pinhole.connector.keepalive.FlowLife;
import org.pinhole.connector.keepalive.KeepAlive;
import org.pinhole.connector.limit.Caps;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Network;
import org.pinhole.connector.limit.Occupancy;
import org.pinhole.connector.limit.UnfinishedOctets;
import org.pinhole.connector.proxyprotocol.ProxySources;
import org.pinhole.connector.transport.ConnectorCounters.HandshakeFailure;
import org.pinhole.connector.transport.ConnectorCounters.Refused;

/** Whose way becomes free while the connector is being left. */
class LateArrivalTest {
    private static final InetSocketAddress SOURCE = new InetSocketAddress("192.0.2.7", 40000);

    private final Doorkeeper doorkeeper = new Doorkeeper(
            () -> Admission.OPEN, new StrangersInvites(0, () -> 0), EmergencyTargets.of(Collections.emptyMap()));

    private long now;

    @Test
    void noFlowIsOpenedOnceTheConnectorDrains() {
        Connector connector = connector();
        EmbeddedChannel connection = new EmbeddedChannel();
        Arrival.at(connection, connector.counters());
        doorkeeper.drain(new Drain(60, () -> 0, () -> 0));

        connection
                .pipeline()
                .addLast(new ConnectionHandler(connection, connector, new FlowLife(5, connector.nanoTime())));

        assertThat(connector.counters().openFlows()).isZero();
        assertThat(connector.counters().refusedConnections()).containsEntry("draining", 1L);
        connection.runPendingTasks();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void whatMustNotBecomeAFlowTakesNoStrangersPlace() {
        Connector connector = connector();
        Occupancy occupancy = new Occupancy(TestConnector.ROOMY.connections(), () -> 0);
        EmbeddedChannel connection = new EmbeddedChannel();
        Arrival arrival = Arrival.at(connection, connector.counters());
        arrival.admitted(
                connection,
                SOURCE,
                occupancy.enter(Network.source(SOURCE.getAddress()), full -> {}),
                connector.unfinished().of(Network.source(SOURCE.getAddress()), () -> {}));

        assertThat(arrival.refused(Refused.DRAINING)).isTrue();
        assertThat(arrival.becomesFlow()).isFalse();
        assertThat(occupancy.strangers()).isZero();

        connection.finishAndReleaseAll();
        assertThat(occupancy.connections()).isZero();
    }

    @Test
    void nobodyIsSaidToHaveMadeRoomWhoHasEndedByItselfMeanwhile() throws Exception {
        Caps one = new Caps(9, 1, 9);
        Connector connector = connector();
        Entrance entrance = new Entrance(
                new ConnectionLimits(one, one, one),
                null,
                connector.unfinished(),
                connector.counters(),
                connector.complaints(),
                () -> now);
        try (LogLines log = LogLines.follow()) {
            for (boolean ended : new boolean[] {true, false}) {
                EmbeddedChannel oldest = new EmbeddedChannel();
                EmbeddedChannel next = new EmbeddedChannel();
                for (EmbeddedChannel connection : new EmbeddedChannel[] {oldest, next}) {
                    Arrival arrival = Arrival.at(connection, connector.counters());
                    assertThat(entrance.admits(connection, SOURCE)).isTrue();
                    now += TimeUnit.SECONDS.toNanos(2); // it says nothing
                    arrival.isOnItsLoop();
                }
                if (ended) {
                    Arrival.of(oldest).failed(HandshakeFailure.TIMEOUT); // before its loop has come to make room
                }

                oldest.runPendingTasks();

                assertThat(log.with("to make room")).hasSize(ended ? 0 : 1);
                next.finishAndReleaseAll();
            }
        }
    }

    private Connector connector() {
        ConnectorSettings settings = new ConnectorSettings(
                ConnectorAddress.parse("tcp://127.0.0.1:28060"),
                null,
                KeepAlive.parse("45"),
                EdgeSettings.of(Collections.emptyMap()),
                TestConnector.ROOMY,
                ProxySources.parse(""),
                Collections.emptyMap());
        return new Connector(
                settings,
                new FlowTable(FlowTokenCodec.withRandomKey(new SecureRandom()), request -> null),
                doorkeeper,
                new UnfinishedOctets(1_000_000),
                System::nanoTime,
                Clock.systemUTC());
    }
}
