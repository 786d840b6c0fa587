package org.pinhole.connector.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Arrays;
import java.util.Map;
import javax.management.Attribute;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.transport.ConnectorAddress;
import org.pinhole.connector.transport.ConnectorCounters;
import org.pinhole.connector.transport.UnlikeCounters;

class ConnectorNumbersTest {
    private final ConnectorNumbers fresh = ConnectorNumbers.of(new ConnectorCounters());

    @Test
    void everyReasonHasANumberOfItsOwnBesideTheSum() {
        assertThat(fresh.byName())
                .containsKeys(
                        "OpenFlows",
                        "FullHandshakes",
                        "ResumedHandshakes",
                        "FailedHandshakes",
                        "FailedHandshakesNotTls",
                        "ClosedFlows",
                        "ClosedFlowsNotRead",
                        "QueueDrops",
                        "DroppedResponses",
                        "RefusedStrangersInvites")
                .doesNotContainValue(1L);
    }

    @Test
    void theLineForTheLogTellsWhatIsNotZero() {
        assertThat(fresh).hasToString("OpenFlows 0");
    }

    @Test
    void everyNumberIsReadUnderItsOwnName() {
        Map<String, Long> numbers = ConnectorNumbers.of(UnlikeCounters.times(1)).byName();

        assertThat(numbers)
                .containsOnly(
                        entry("FullHandshakes", 1L),
                        entry("ResumedHandshakes", 2L),
                        entry("MessagesIn", 3L),
                        entry("MessagesOut", 4L),
                        entry("QueueDrops", 5L),
                        entry("DroppedResponses", 6L),
                        entry("RefusedStrangersInvites", 7L),
                        entry("AcceptedConnections", 8L),
                        entry("Pings", 9L),
                        entry("Pongs", 10L),
                        entry("BytesIn", 11L),
                        entry("OpenFlows", 12L),
                        entry("BytesOut", 4020L), // 4 messages of 1000, and 10 pongs
                        entry("RefusedConnectionsTotal", 20L),
                        entry("RefusedConnectionsSource", 21L),
                        entry("RefusedConnectionsNetwork", 22L),
                        entry("RefusedConnectionsHandshakes", 23L),
                        entry("RefusedConnectionsSourceHandshakes", 24L),
                        entry("RefusedConnectionsNetworkHandshakes", 25L),
                        entry("RefusedConnectionsMemory", 26L),
                        entry("RefusedConnectionsProxySource", 27L),
                        entry("RefusedConnectionsProxyHeader", 28L),
                        entry("RefusedConnectionsDraining", 29L),
                        entry("RefusedConnections", 245L),
                        entry("FailedHandshakesTimeout", 40L),
                        entry("FailedHandshakesNotTls", 41L),
                        entry("FailedHandshakesNoCommonGround", 42L),
                        entry("FailedHandshakesCertificate", 43L),
                        entry("FailedHandshakesClosed", 44L),
                        entry("FailedHandshakesOther", 45L),
                        entry("FailedHandshakes", 255L),
                        entry("ClosedFlowsByPhone", 60L),
                        entry("ClosedFlowsBroken", 61L),
                        entry("ClosedFlowsByStack", 62L),
                        entry("ClosedFlowsByApplication", 63L),
                        entry("ClosedFlowsNoMessage", 64L),
                        entry("ClosedFlowsNotAuthenticated", 65L),
                        entry("ClosedFlowsCrowdedOut", 66L),
                        entry("ClosedFlowsSuperseded", 67L),
                        entry("ClosedFlowsIdle", 68L),
                        entry("ClosedFlowsNoPing", 69L),
                        entry("ClosedFlowsNotRead", 70L),
                        entry("ClosedFlowsMalformed", 71L),
                        entry("ClosedFlowsConnectorClosed", 72L),
                        entry("ClosedFlows", 858L));
    }

    @Test
    void numbersOfSeveralConnectorsAreAdded() {
        ConnectorNumbers one = ConnectorNumbers.of(UnlikeCounters.times(1));
        ConnectorNumbers other = ConnectorNumbers.of(UnlikeCounters.times(2));

        ConnectorNumbers sum = ConnectorNumbers.sum(Arrays.asList(one, fresh, other));

        assertThat(sum).isEqualTo(ConnectorNumbers.of(UnlikeCounters.times(3)));
    }

    @Test
    void theBeanHasPlainReadOnlyLongs() throws Exception {
        NumbersBean bean = new NumbersBean("x", () -> fresh);

        assertThat(bean.getMBeanInfo().getAttributes())
                .hasSameSizeAs(fresh.byName().keySet())
                .allSatisfy(attribute -> {
                    assertThat(attribute.getType()).isEqualTo("long");
                    assertThat(attribute.isWritable()).isFalse();
                });
        assertThat(bean.getAttribute("OpenFlows")).isEqualTo(0L);
        assertThat(bean.getAttributes(new String[] {"Pings", "Nonsense"}).asList())
                .containsExactly(new Attribute("Pings", 0L));
    }

    @Test
    void aConnectorsBeanIsNamedByWhereItListens() {
        assertThat(Beans.connector(ConnectorAddress.parse("tls://127.0.0.1:443")))
                .isEqualTo("org.pinhole:type=Connector,transport=tls,address=127.0.0.1,port=443");
        assertThat(Beans.connector(ConnectorAddress.parse("tcp://[::1]:80")))
                .isEqualTo("org.pinhole:type=Connector,transport=tcp,address=\"0:0:0:0:0:0:0:1\",port=80");
    }
}
