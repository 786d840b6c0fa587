package org.pinhole.app;

import javax.servlet.sip.SipServletResponse;
import org.pinhole.app.chain.Failover;

/**
 * The answer of a branch whose flow has failed, among the answers of the others. The container's proxy takes the lowest status
 * for the best, and would let the 430 of a dead flow win over the 486 of a phone that rang; so it is shown the highest there
 * is, until none better has come.
 */
final class FailedBranch {
    private static final String STATUS = "org.pinhole.app.failed-branch";
    /** Above all that a phone may say but a 6xx, which decides (RFC 3261 §16.7 step 6). */
    private static final int WEAKEST = 599;

    private FailedBranch() {}

    /** Whether an answer says nothing of the phone, only of the way to it. */
    static boolean isOne(SipServletResponse response) {
        return response.getStatus() == Failover.FLOW_FAILED || response.getStatus() == Failover.REQUEST_TIMEOUT;
    }

    /** Lets any other answer win over this one. */
    static void weaken(SipServletResponse response) {
        response.setAttribute(STATUS, response.getStatus());
        response.setStatus(WEAKEST, "Flow Failed");
    }

    /**
     * What the caller is told when there was nothing better. A 430 is never for a caller (RFC 5626 §11.5): by then it means
     * that the phone cannot be reached now.
     */
    static void forTheCaller(SipServletResponse response) {
        Object weakened = response.getAttribute(STATUS);
        int status = weakened instanceof Integer ? (Integer) weakened : response.getStatus();
        if (status == Failover.FLOW_FAILED) {
            response.setStatus(480, "Temporarily Unavailable");
        } else if (weakened != null) {
            response.setStatus(Failover.REQUEST_TIMEOUT, "Request Timeout");
        }
    }
}
