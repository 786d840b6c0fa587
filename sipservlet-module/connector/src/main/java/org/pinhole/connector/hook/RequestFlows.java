package org.pinhole.connector.hook;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import org.jspecify.annotations.Nullable;
import org.mobicents.servlet.sip.message.SipServletMessageImpl;
import org.pinhole.api.Flow;
import org.pinhole.connector.transport.Arrivals;

/** The flow that a request of the container came on, for the first application that it visits and for those behind it. */
final class RequestFlows {
    private RequestFlows() {}

    /** The flow on which a phone has sent this request, whichever application asks; null when no phone did. */
    static @Nullable Flow of(Object request) {
        SIPRequest message = stacks(request);
        return message != null && (isPassedOn(request) || isAck(message))
                ? Arrivals.flowOf(message.getMessageChannel())
                : arrivedOn(request);
    }

    /** An ACK of a 2xx has no transaction (RFC 3261 §13.2.2.4), and is not passed on by its copy but by the container itself. */
    private static boolean isAck(SIPRequest message) {
        return message.getMethod().equals(SIPRequest.ACK);
    }

    /**
     * The flow that it has just arrived on: null for a request that an application has passed on. By its server transaction
     * only: a copy that is being passed on carries no transaction yet, but much else.
     */
    static @Nullable Flow arrivedOn(Object request) {
        if (!(request instanceof SipServletMessageImpl)) {
            return null;
        }
        Object transaction = ((SipServletMessageImpl) request).getTransaction();
        return transaction instanceof SIPServerTransaction
                ? Arrivals.flowOf(((SIPServerTransaction) transaction).getMessageChannel())
                : null;
    }

    /** Whether an application of this container has passed it on to the next. */
    static boolean isPassedOn(Object request) {
        SIPRequest message = stacks(request);
        return message != null && arrivedOn(request) == null && TlsClientChain.isPassedOn(message);
    }

    private static @Nullable SIPRequest stacks(Object request) {
        Object message =
                request instanceof SipServletMessageImpl ? ((SipServletMessageImpl) request).getMessage() : null;
        return message instanceof SIPRequest ? (SIPRequest) message : null;
    }
}
