package org.pinhole.suite.embedded;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;

/** An application whose user is always busy; and that goes on after it has answered what is published. */
public class BusyServlet extends SipServlet {
    private static final long serialVersionUID = 1L;

    /** The system property with the latch that it waits for: an application's class is another one than the test's. */
    static final String UNTIL = "org.pinhole.suite.busy-until";

    @Override
    protected void doPublish(SipServletRequest request) throws IOException {
        request.createResponse(200).send();
        try {
            CountDownLatch done = (CountDownLatch)
                    Objects.requireNonNull(System.getProperties().get(UNTIL));
            log("released: " + done.await(1, TimeUnit.MINUTES));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void doInvite(SipServletRequest request) throws IOException {
        request.createResponse(486).send();
    }
}
