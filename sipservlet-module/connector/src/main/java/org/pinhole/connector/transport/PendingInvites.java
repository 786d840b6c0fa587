package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.pinhole.connector.limit.Network;

/**
 * The INVITEs that a stranger sent lately on one flow: an ACK or CANCEL of his belongs to one of them (RFC 3261 §9.1, §17.1.1.3: the same
 * branch, Call-ID and CSeq number), or is nothing. Bounded. Safe for any thread.
 */
final class PendingInvites {
    private static final int CAPACITY = 16;
    /** An honest phone has one, whose challenge it acknowledges before it tries again. */
    private static final int MANY = 4;

    private static final int LONGEST_NAME = 512;

    private final Set<String> transactions = Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > CAPACITY;
        }
    });

    private final InetAddress source;

    /** @param source where the flow comes from */
    PendingInvites(InetAddress source) {
        this.source = source;
    }

    /** The widest network that the flow comes from. */
    InetAddress network() {
        return Network.around(source).get(0);
    }

    synchronized void add(SIPRequest invite) {
        String transaction = transaction(invite);
        if (transaction.length() <= LONGEST_NAME) {
            transactions.add(transaction);
        }
    }

    synchronized boolean contains(SIPRequest request) {
        return transactions.contains(transaction(request));
    }

    /** The same for an ACK, after which it is waited for no more. */
    synchronized boolean acknowledged(SIPRequest ack) {
        return transactions.remove(transaction(ack));
    }

    /** Whether so many wait for their ACK that a stranger may not send another. */
    synchronized boolean areMany() {
        return transactions.size() >= MANY;
    }

    private static String transaction(SIPRequest request) {
        return request.getTopmostVia().getBranch()
                + ' '
                + request.getCSeq().getSeqNumber()
                + ' '
                + request.getCallId().getCallId();
    }
}
