package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pinhole.connector.keepalive.BindingsAsked;

/**
 * What the REGISTERs of one flow ask for that were not answered long ago. The 200 to one that takes bindings away may list
 * those of other phones, and must carry no {@code keep} value all the same (requirement K-7); a query negotiates nothing.
 * Bounded. Safe for any thread.
 */
final class Registers {
    private static final int CAPACITY = 32;

    /** Of the Call-ID's hash, because it may be as long as a message, and the CSeq: what is equal by chance is the same phone's. */
    private final Map<Long, BindingsAsked> byTransaction = new LinkedHashMap<Long, BindingsAsked>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, BindingsAsked> eldest) {
            return size() > CAPACITY;
        }
    };

    /** A request from the phone. */
    synchronized void note(SIPRequest request) {
        if (SIPRequest.REGISTER.equals(request.getMethod())) {
            byTransaction.put(transaction(request), BindingsAsked.of(request));
        }
    }

    /** What the REGISTER asked for that this response answers. */
    synchronized BindingsAsked askedFor(SIPResponse answer) {
        return answer.getCallId() == null || answer.getCSeq() == null
                ? BindingsAsked.UNKNOWN
                : byTransaction.getOrDefault(transaction(answer), BindingsAsked.UNKNOWN);
    }

    private static long transaction(SIPMessage message) {
        return (long) message.getCallId().getCallId().hashCode() << 32
                | message.getCSeq().getSeqNumber();
    }
}
