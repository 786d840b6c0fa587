package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhoneAddressesTest {
    private final PhoneAddresses addresses = new PhoneAddresses();

    @Test
    void aPhoneIsFoundByItsAddressInWhateverFormAndByNoName(@TempDir File folder) throws Exception {
        try (TestConnector connector =
                        new TestConnector.Plan(folder).scheme("tcp").open();
                Socket phone = connector.connect()) {
            await().until(() -> !connector.flows().flows().isEmpty());
            SipFlow flow = (SipFlow) connector.flows().flows().iterator().next();
            int port = phone.getLocalPort();

            addresses.opened(flow);

            assertThat(addresses.flowFrom("127.0.0.1", port)).isSameAs(flow);
            assertThat(addresses.flowFrom("[::ffff:127.0.0.1]", port)).isSameAs(flow);
            assertThat(addresses.flowFrom("localhost", port)).isNull();
            assertThat(addresses.flowFrom("127.0.0.2", port)).isNull();
            assertThat(addresses.flowFrom("127.0.0.1", -1)).isNull();
            assertThat(addresses.formerPhone("127.0.0.1", port)).isNull();

            addresses.closed(flow);

            assertThat(addresses.flowFrom("127.0.0.1", port)).isNull();
            assertThat(addresses.formerPhone("127.0.0.1", port)).isEqualTo(flow.remoteAddress());
            assertThat(addresses.formerPhone("localhost", port)).isNull();
        }
    }
}
