package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import org.pinhole.connector.keepalive.BindingsAsked;
import org.pinhole.connector.limit.Newest;

/**
 * What the REGISTERs of one flow ask for that wait for their final answer. The 200 to one that takes bindings away may list
 * those of other phones, and must carry no {@code keep} value all the same (requirement K-7); a query negotiates nothing.
 * Bounded. Safe for any thread.
 */
final class Registers {
    private static final int CAPACITY = 32;

    /** Of the Call-ID's hash, because it may be as long as a message, and the CSeq: what is equal by chance is the same flow's. */
    private final Newest<Long, BindingsAsked> byTransaction = new Newest<>(CAPACITY);

    /** A request from the phone. */
    synchronized void note(SIPRequest request) {
        if (SIPRequest.REGISTER.equals(request.getMethod())) {
            byTransaction.put(transaction(request), BindingsAsked.of(request));
        }
    }

    /** What the REGISTER asked for that this response answers; after a final one nobody asks again. */
    synchronized BindingsAsked askedFor(SIPResponse answer) {
        if (answer.getCallId() == null
                || answer.getCSeq() == null
                || !SIPRequest.REGISTER.equals(answer.getCSeq().getMethod())) {
            return BindingsAsked.UNKNOWN;
        }
        long transaction = transaction(answer);
        BindingsAsked asked =
                answer.getStatusCode() < 200 ? byTransaction.get(transaction) : byTransaction.remove(transaction);
        return asked == null ? BindingsAsked.UNKNOWN : asked;
    }

    private static long transaction(SIPMessage message) {
        return (long) message.getCallId().getCallId().hashCode() << 32
                | message.getCSeq().getSeqNumber();
    }
}
