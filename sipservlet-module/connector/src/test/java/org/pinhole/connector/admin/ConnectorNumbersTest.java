package org.pinhole.connector.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import javax.management.Attribute;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.transport.ConnectorAddress;
import org.pinhole.connector.transport.ConnectorCounters;

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
    void numbersOfSeveralConnectorsAreAdded() {
        ConnectorNumbers sum = ConnectorNumbers.sum(Arrays.asList(fresh, fresh));

        assertThat(sum).isEqualTo(fresh);
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
