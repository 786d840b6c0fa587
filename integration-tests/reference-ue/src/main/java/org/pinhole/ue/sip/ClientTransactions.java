package org.pinhole.ue.sip;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.loop.UeLoop;

/**
 * Client transactions over a reliable transport (RFC 3261 §17.1): nothing is sent twice, timers B and F only, and the ACK
 * for a non-2xx. Found by branch and method. Lives on the loop.
 */
final class ClientTransactions {
    /** 64·T1, timers B and F. */
    static final Duration TIMEOUT = Duration.ofSeconds(32);

    /** A ringing phone may take its time: RFC 3261 §16.6 step 11, timer C and a little. */
    static final Duration RINGING_TIMEOUT = Duration.ofSeconds(190);

    private static final class Pending {
        private final SipRequest request;
        private final ResponseHandler handler;
        private UeLoop.Timer timer;

        Pending(SipRequest request, ResponseHandler handler, UeLoop.Timer timer) {
            this.request = request;
            this.handler = handler;
            this.timer = timer;
        }
    }

    private final UeLoop loop;
    private final SipLink link;
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    ClientTransactions(UeLoop loop, SipLink link) {
        this.loop = loop;
        this.link = link;
    }

    void start(SipRequest request, ResponseHandler handler) {
        String key = key(request.topVia(), request.method());
        pending.put(key, new Pending(request, handler, loop.schedule(TIMEOUT, () -> timedOut(key))));
        link.send(request);
    }

    private static String key(Via via, String method) {
        return via.branch() + " " + method;
    }

    /** Takes a response to its request; false when no request waits for it. */
    boolean take(SipResponse response) {
        String key = key(response.topVia(), response.cseq().method());
        Pending found = pending.get(key);
        if (found == null) {
            return false;
        }
        found.timer.cancel();
        boolean invite = found.request.method().equals("INVITE");
        if (response.provisional()) {
            found.timer = loop.schedule(invite ? RINGING_TIMEOUT : TIMEOUT, () -> timedOut(key));
        } else {
            pending.remove(key);
            if (invite && !response.success()) {
                link.send(ackFor(found.request, response));
            }
        }
        try {
            found.handler.response(found.request, response);
        } catch (SipFormatException e) {
            found.handler.failed("the answer is malformed: " + e.getMessage());
        }
        return true;
    }

    /** The ACK of RFC 3261 §17.1.1.3: same branch, same Request-URI, the To of the response. */
    static SipRequest ackFor(SipRequest invite, SipResponse response) {
        SipHeaders from = invite.headers();
        SipHeaders headers = SipHeaders.NONE
                .plus("Via", from.require("Via"))
                .plusAll("Route", from.all("Route"))
                .plus("From", from.require("From"))
                .plus("To", response.headers().require("To"))
                .plus("Call-ID", invite.callId())
                .plus("CSeq", new CSeq(invite.cseq().number(), "ACK").toString())
                .plus("Max-Forwards", "70");
        return new SipRequest("ACK", invite.uri(), headers, new byte[0]);
    }

    /** The CANCEL of RFC 3261 §9.1: all as in the INVITE, but for the method and what belongs to its body. */
    static SipRequest cancelFor(SipRequest invite) {
        SipHeaders from = invite.headers();
        SipHeaders headers = SipHeaders.NONE
                .plus("Via", from.require("Via"))
                .plusAll("Route", from.all("Route"))
                .plus("From", from.require("From"))
                .plus("To", from.require("To"))
                .plus("Call-ID", invite.callId())
                .plus("CSeq", new CSeq(invite.cseq().number(), "CANCEL").toString())
                .plus("Max-Forwards", "70");
        return new SipRequest("CANCEL", invite.uri(), headers, new byte[0]);
    }

    private void timedOut(String key) {
        @Nullable Pending found = pending.remove(key);
        if (found != null) {
            found.handler.failed(found.request.method() + " got no final answer in time");
        }
    }

    /** Ends all, because the flow is gone. */
    void failAll(String reason) {
        List<Pending> all = List.copyOf(pending.values());
        pending.clear();
        all.forEach(one -> {
            one.timer.cancel();
            one.handler.failed(reason);
        });
    }
}
