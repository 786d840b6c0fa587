package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.File;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.connector.keepalive.FlowLife;

class FlowExpiryTest {
    @TempDir
    File folder;

    private long now;

    /** Requirements' trap 15: the wheel turns once a second, and a request may come before. */
    @Test
    @Tag("O-7")
    @Tag("O-9")
    @Tag("trap-15")
    void aFlowThatWasSilentTooLongIsNotRoutedToEvenBeforeItsTimerHasRun() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                Socket phone = connector.connectTls()) {
            phone.getOutputStream().write(new byte[] {'\r', '\n', '\r', '\n'});
            new DataInputStream(phone.getInputStream()).readFully(new byte[2]);
            SipFlow flow = (SipFlow) connector.flows().flows().iterator().next();
            FlowLife life = flow.keeping().life();
            FlowExpiry expiry = new FlowExpiry(() -> now);
            now = life.lastHeard();
            life.agreed("registration of alice", 45, now);

            now = life.deadline() - TimeUnit.MILLISECONDS.toNanos(1);
            assertThat(expiry.isAlive(flow)).isTrue();
            now = life.deadline();
            assertThat(expiry.isAlive(flow)).isFalse();

            assertThat(phone.getInputStream().read()).as("its connection ends").isNegative();
            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("no-ping", 1L));
        }
    }

    /** Of a flow that no timer watches: who sends to it finds out. */
    @Test
    @Tag("O-7")
    @Tag("trap-15")
    void whatIsSentToAFlowThatWasSilentTooLongEndsItAndDoesNotReachItsPhone() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                Socket phone = connector.connectTls()) {
            phone.getOutputStream().write(new byte[] {'\r', '\n', '\r', '\n'});
            new DataInputStream(phone.getInputStream()).readFully(new byte[2]);
            SipFlow flow = (SipFlow) connector.flows().flows().iterator().next();
            long longAgo = System.nanoTime() - TimeUnit.SECONDS.toNanos(100);
            flow.keeping().life().heard(longAgo);
            flow.keeping().life().agreed("registration of alice", 45, longAgo);

            connector
                    .processor()
                    .selfChannel()
                    .sendMessage(SipText.request("MESSAGE", "sip:alice@10.1.2.3", "Route: <" + flow.uri() + ">"));

            assertThat(phone.getInputStream().read()).as("its connection ends").isNegative();
            await().untilAsserted(
                            () -> assertThat(connector.counters().closedFlows()).containsEntry("no-ping", 1L));
        }
    }
}
