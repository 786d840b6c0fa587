package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPStackTimerTask;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.timers.SipTimer;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.mobicents.servlet.sip.startup.StaticServiceHolder;

/** The stack's own 100 overtakes the container's thread: the INVITE goes on all the same. */
class AgentStallIT extends DeployedForEachTest {
    private static final int TLS_PORT = Embedded.freePort();

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "Busy", BusyServlet.class, Map.of("pinhole.connector", "tls://127.0.0.1:" + TLS_PORT));
    }

    @Test
    void anInviteWhoseThreadStallsUntilTheStackHasSentItsOwn100IsAnsweredByTheApplication() throws Exception {
        SIPTransactionStack stack = (SIPTransactionStack) StaticServiceHolder.sipStandardService.getSipStack();
        SipTimer present = stack.getTimer();
        try (SipConnection alice = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            stack.setTimer(new Overtaking(present));
            alice.send(SipRequests.request("INVITE", "TLS"));
            SipResponse first = alice.read();
            SipResponse second = alice.read();

            assertThat(first.status()).isEqualTo(100);
            assertThat(second.status()).isEqualTo(486);
        } finally {
            stack.setTimer(present);
        }
    }

    /** The stack announces the end of a transaction before it sends the answer: the phone need not wait for what comes of that. */
    @Test
    void whatTheContainerDoesAboutATransactionThatIsOverItDoesWhenTheMessageIsDone() throws Exception {
        ThreadPoolExecutor tidying = (ThreadPoolExecutor) StaticServiceHolder.sipStandardService
                .getSipApplicationDispatcher()
                .getAsynchronousExecutor();
        CountDownLatch applicationIsDone = new CountDownLatch(1);
        System.getProperties().put(BusyServlet.UNTIL, applicationIsDone);
        try (SipConnection alice = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            alice.send(SipRequests.request("PUBLISH", "TLS").replace("Expires:", "Event: presence\r\nExpires:"));
            assertThat(alice.read().status()).isEqualTo(200);
            long before = tidying.getTaskCount();

            applicationIsDone.countDown();

            await().until(() -> tidying.getTaskCount() > before);
        } finally {
            applicationIsDone.countDown();
            System.getProperties().remove(BusyServlet.UNTIL);
        }
    }

    /** Lets the stack's 100 go out at the moment when it is scheduled: as if its 200 ms passed within one line of code. */
    private static final class Overtaking implements SipTimer {
        private final SipTimer timer;

        Overtaking(SipTimer timer) {
            this.timer = timer;
        }

        @Override
        public boolean schedule(SIPStackTimerTask task, long delay) {
            if (task.getClass().getName().endsWith("SendTrying")) {
                task.runTask();
                return true;
            }
            return timer.schedule(task, delay);
        }

        @Override
        public boolean scheduleWithFixedDelay(SIPStackTimerTask task, long delay, long period) {
            return timer.scheduleWithFixedDelay(task, delay, period);
        }

        @Override
        public void stop() {
            timer.stop();
        }

        @Override
        public boolean cancel(SIPStackTimerTask task) {
            return timer.cancel(task);
        }

        @Override
        public void start(SipStackImpl stack, Properties properties) {
            timer.start(stack, properties);
        }

        @Override
        public boolean isStarted() {
            return timer.isStarted();
        }
    }
}
