package org.pinhole.connector.transport;

import gov.nist.javax.sip.SIPConstants;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import gov.nist.javax.sip.stack.SIPTransaction;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the stack has under the branch of a message (RFC 3261 §17.1.3, §17.2.3). The stack itself takes whatever has the
 * branch and the sent-by for one transaction, of whatever call and from whomever it is, and waits for that one's lock; and compares
 * a branch that is not RFC 3261's with all transactions that there are. Here one look-up decides before. Any thread.
 */
final class Branches {
    /** How the stack tells a CANCEL from its INVITE. */
    private static final String CANCELS = ":cancel";

    private final SIPTransactionStack stack;

    Branches(SIPTransactionStack stack) {
        this.stack = stack;
    }

    /**
     * Why a request of this flow may not enter; null when it may. Branches of RFC 2543 are older than TLS and Digest as we have them, but who is
     * known may have one.
     */
    @Nullable
    Refusal refusalOf(SipFlow flow, SIPRequest request, boolean stranger) {
        String method = request.getMethod();
        if (!isUnique(request)) {
            return stranger ? refusal(method, 400, "No RFC 3261 Branch") : null;
        }
        String branch = request.getTopmostVia().getBranch().toLowerCase(Locale.ROOT);
        boolean cancel = SIPRequest.CANCEL.equals(method);
        SIPServerTransaction same = findServerTransaction(cancel ? branch + CANCELS : branch);
        if (same != null && !isOfTheSameCall(same, request)) {
            return refusal(method, 400, "Branch Of Another Call");
        }
        if (!cancel) {
            return null;
        }
        SIPServerTransaction invite = findServerTransaction(branch);
        return invite != null
                        && invite.doesCancelMatchTransaction(request)
                        && isOfTheSameCall(invite, request)
                        && isOfTheSamePhone(invite, flow)
                ? null
                : new Refusal(481, "Call/Transaction Does Not Exist");
    }

    private static Refusal refusal(String method, int status, String reason) {
        return SIPRequest.ACK.equals(method) ? Refusal.DROP : new Refusal(status, reason);
    }

    /** Whether an ACK ends a transaction that the stack has. */
    boolean endsATransaction(SIPRequest ack) {
        SIPServerTransaction same = isUnique(ack) ? findServerTransaction(ack.getTransactionId()) : null;
        return same != null && same.isMessagePartOfTransaction(ack);
    }

    /** Whether a response answers a request of a transaction that the stack has. */
    boolean answersATransaction(SIPResponse response) {
        return isUnique(response) && stack.findTransaction(response.getTransactionId(), false) != null;
    }

    private @Nullable SIPServerTransaction findServerTransaction(String id) {
        SIPTransaction found = stack.findTransaction(id, true);
        return found instanceof SIPServerTransaction ? (SIPServerTransaction) found : null;
    }

    /** By its cookie (RFC 3261 §8.1.1.7), without which a branch is none. */
    private static boolean isUnique(SIPMessage message) {
        String branch =
                message.getTopmostVia() == null ? null : message.getTopmostVia().getBranch();
        String cookie = SIPConstants.BRANCH_MAGIC_COOKIE;
        return branch != null && branch.regionMatches(true, 0, cookie, 0, cookie.length());
    }

    /** As far as the stack still knows: what it has forgotten nobody waits for. */
    private static boolean isOfTheSameCall(SIPServerTransaction found, SIPRequest request) {
        SIPRequest first = found.getOriginalRequest();
        return first == null
                || first.getCallId().getCallId().equals(request.getCallId().getCallId());
    }

    /** It may have come back on another connection; an edge may have several. */
    private static boolean isOfTheSamePhone(SIPServerTransaction found, SipFlow flow) {
        Object channel = found.getMessageChannel();
        if (!(channel instanceof FlowMessageChannel)) {
            return false;
        }
        SipFlow from = ((FlowMessageChannel) channel).flow();
        if (from == flow || (from.isOfAnEdge() && flow.isOfAnEdge())) {
            return true;
        }
        String user = from.identity();
        return user == null
                ? flow.identity() == null
                        && from.remoteAddress()
                                .getAddress()
                                .equals(flow.remoteAddress().getAddress())
                : user.equals(flow.identity());
    }
}
