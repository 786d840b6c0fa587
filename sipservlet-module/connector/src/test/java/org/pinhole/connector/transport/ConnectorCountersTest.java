package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pinhole.connector.transport.ConnectorCounters.Closed;
import org.pinhole.connector.transport.ConnectorCounters.Refused;

class ConnectorCountersTest {
    private final ConnectorCounters counters = new ConnectorCounters();

    @Test
    void theOpenFlowsAreThoseThatWereOpenedAndNotClosedForWhateverReason() {
        for (int i = 0; i < 3; i++) {
            counters.flowOpened();
        }
        counters.flowClosed(Closed.IDLE);
        counters.flowClosed(Closed.BY_PHONE);

        assertThat(counters.openFlows()).isEqualTo(1);
        assertThat(counters.closedFlows()).containsEntry("idle", 1L).containsEntry("by-phone", 1L);
    }

    @Test
    void everyReasonIsThereFromTheStartAndNamedWithDashes() {
        counters.refused(Refused.PROXY_SOURCE);

        assertThat(counters.refusedConnections())
                .containsEntry("proxy-source", 1L)
                .containsEntry("total", 0L)
                .hasSize(Refused.values().length);
    }
}
