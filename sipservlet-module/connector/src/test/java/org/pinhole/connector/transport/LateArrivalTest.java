package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.flow.FlowTable;
import org.pinhole.connector.flow.FlowTokenCodec;
import org.pinhole.connector.keepalive.FlowLife;
import org.pinhole.connector.keepalive.KeepAlive;
import org.pinhole.connector.limit.UnfinishedOctets;
import org.pinhole.connector.proxyprotocol.ProxySources;

/** Whose way becomes free while the connector is being left. */
class LateArrivalTest {
    private final Doorkeeper doorkeeper = new Doorkeeper(() -> Admission.OPEN);

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
