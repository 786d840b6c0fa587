package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallsAtOnceTest {
    @TempDir
    File folder;

    @Test
    void thoseThatWaitHaveTheirTurnInTheOrderInWhichTheyCame() {
        CallsAtOnce calls = new CallsAtOnce(1);
        CallLine first = new CallLine();
        CallLine second = new CallLine();
        CallLine third = new CallLine();

        assertThat(calls.begins(first)).isTrue();
        assertThat(calls.inTurn(first)).as("nobody else waits").isSameAs(first);
        assertThat(calls.begins(second)).isFalse();
        assertThat(calls.begins(third)).isFalse();

        assertThat(calls.inTurn(first)).isSameAs(second);
        assertThat(calls.ended()).isSameAs(third);
        assertThat(calls.ended()).isSameAs(first);
        assertThat(calls.ended()).isNull();
        assertThat(calls.begins(second)).isTrue();
    }

    /** Or one account could have all threads, by as many connections as it may. */
    @Test
    void theFlowsOfOneUserShareTheirsAndNobodyElseDoes() throws Exception {
        try (TestConnector connector =
                        new TestConnector.Plan(folder).scheme("tcp").open();
                Socket first = connector.connect();
                Socket second = connector.connect();
                Socket another = connector.connect()) {
            SipFlow alices = flowOf(connector, first);
            SipFlow alicesToo = flowOf(connector, second);
            SipFlow bobs = flowOf(connector, another);

            alices.authenticated("alice");
            alicesToo.authenticated("alice");
            bobs.authenticated("bob");

            CallsAtOnce ofAlice = alices.messageChannel().calls();
            assertThat(alicesToo.messageChannel().calls()).isSameAs(ofAlice);
            assertThat(bobs.messageChannel().calls()).isNotSameAs(ofAlice);
        }
    }

    /** Whoever registered first on each of them is not the user of all that comes by it. */
    @Test
    void theConnectionsOfAnEdgeShareNothing() throws Exception {
        try (TestConnector connector = new TestConnector.Plan(folder)
                        .scheme("tcp")
                        .setting("pinhole.edge-sources", "127.0.0.1")
                        .open();
                Socket first = connector.connect();
                Socket second = connector.connect()) {
            SipFlow one = flowOf(connector, first);
            SipFlow other = flowOf(connector, second);

            one.authenticated("alice");
            other.authenticated("alice");

            assertThat(one.messageChannel().calls())
                    .isNotSameAs(other.messageChannel().calls());
        }
    }

    private static SipFlow flowOf(TestConnector connector, Socket phone) {
        int port = phone.getLocalPort();
        await().until(() -> connector.flows().flows().stream()
                .anyMatch(flow -> flow.remoteAddress().getPort() == port));
        return (SipFlow) connector.flows().flows().stream()
                .filter(flow -> flow.remoteAddress().getPort() == port)
                .findAny()
                .orElseThrow(AssertionError::new);
    }
}
