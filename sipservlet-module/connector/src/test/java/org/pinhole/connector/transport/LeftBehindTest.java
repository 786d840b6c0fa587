package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pinhole.connector.transport.SipText.request;

import gov.nist.javax.sip.message.SIPRequest;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What phones have sent that close their connections before it could be processed. */
class LeftBehindTest {
    @TempDir
    File folder;

    private final CountDownLatch end = new CountDownLatch(1);
    private TestConnector connector;

    @BeforeEach
    void open() throws Exception {
        connector = new TestConnector.Plan(folder)
                .scheme("tcp")
                .admission(Admission.AUTHENTICATED)
                .open();
        CountDownLatch busy = new CountDownLatch(CallThreads.MOST_AT_WORK);
        for (int thread = 0; thread < 8 * CallThreads.MOST_AT_WORK; thread++) { // some calls share a line
            CallThreads.OF_THIS_PROCESS.execute("busy " + thread, () -> {
                busy.countDown();
                awaitEnd();
            });
        }
        assertThat(busy.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @AfterEach
    void close() {
        end.countDown();
        connector.close();
    }

    @Test
    void isDroppedIfTheyAreStrangersAndProcessedIfTheyAreKnown() throws Exception {
        SIPRequest invite = (SIPRequest) request("INVITE", "sip:bob@pinhole.test");
        Socket strangers = connector.connect();
        SipFlow stranger = flowOf(strangers);
        Socket alices = connector.connect();
        SipFlow alice = flowOf(alices);
        alice.authenticated("alice");
        Socket lasts = connector.connect();
        SipFlow last = flowOf(lasts);
        for (Socket phone : new Socket[] {strangers, alices, lasts}) {
            phone.getOutputStream().write(invite.encode().getBytes(US_ASCII));
        }
        await().until(() -> connector.counters().messagesIn() == 3);

        strangers.close();
        alices.close();
        await().until(() -> !stranger.open() && !alice.open());
        end.countDown();

        await().until(() -> last.invites().contains(invite));
        await().until(() -> alice.invites().contains(invite));
        assertThat(stranger.invites().contains(invite)).isFalse();
        lasts.close();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private SipFlow flowOf(Socket phone) throws IOException {
        int port = phone.getLocalPort();
        await().until(() -> connector.flows().flows().stream()
                .anyMatch(flow -> flow.remoteAddress().getPort() == port));
        return (SipFlow) connector.flows().flows().stream()
                .filter(flow -> flow.remoteAddress().getPort() == port)
                .findAny()
                .orElseThrow(AssertionError::new);
    }
}
