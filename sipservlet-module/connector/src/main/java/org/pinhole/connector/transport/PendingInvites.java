package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import org.pinhole.connector.limit.Network;
import org.pinhole.connector.limit.Newest;

/**
 * The INVITEs that were sent lately on one flow: an ACK or CANCEL of a stranger belongs to one of them (RFC 3261 §9.1, §17.1.1.3: the same
 * branch, Call-ID and CSeq number), or is nothing. Bounded. Safe for any thread.
 */
final class PendingInvites {
    private static final int CAPACITY = 16;
    /** An honest phone has one, whose challenge it acknowledges before it tries again. */
    private static final int MANY = 4;

    private static final int LONGEST_NAME = 512;

    private final Newest<String, Boolean> transactions = new Newest<>(CAPACITY);
    private final InetAddress source;

    /** @param source where the flow comes from */
    PendingInvites(InetAddress source) {
        this.source = source;
    }

    /** The widest network that the flow comes from. */
    Network network() {
        return Network.source(source).widest();
    }

    synchronized void add(SIPRequest invite) {
        String transaction = transaction(invite);
        if (transaction.length() <= LONGEST_NAME) {
            transactions.put(transaction, true);
        }
    }

    synchronized boolean contains(SIPRequest request) {
        return transactions.contains(transaction(request));
    }

    /** The same for an ACK, after which it is waited for no more. */
    synchronized boolean acknowledged(SIPRequest ack) {
        return transactions.remove(transaction(ack)) != null;
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
