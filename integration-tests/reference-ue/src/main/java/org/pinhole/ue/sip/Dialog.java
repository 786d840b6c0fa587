package org.pinhole.ue.sip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The peer-to-peer relation that an INVITE makes (RFC 3261 §12). Record-Route entries are kept octet for octet. */
final class Dialog {
    private final LocalEnd local;
    private final String callId;
    private final String localParty;
    private final String remoteParty;
    private final List<String> routeSet;
    private String remoteTarget;
    private long localCSeq;
    private long remoteCSeq;

    private Dialog(
            LocalEnd local,
            String callId,
            String localParty,
            String remoteParty,
            List<String> routeSet,
            String remoteTarget,
            long localCSeq,
            long remoteCSeq) {
        this.local = local;
        this.callId = callId;
        this.localParty = localParty;
        this.remoteParty = remoteParty;
        this.routeSet = List.copyOf(routeSet);
        this.remoteTarget = remoteTarget;
        this.localCSeq = localCSeq;
        this.remoteCSeq = remoteCSeq;
    }

    /** The caller's view: the route set is Record-Route of the response, turned round (§12.1.2). */
    static Dialog ofCaller(LocalEnd local, SipRequest invite, SipResponse ok) {
        List<String> routes = new ArrayList<>(ok.headers().entries("Record-Route"));
        Collections.reverse(routes);
        String target = NameAddr.parse(ok.headers().require("Contact")).uri();
        return new Dialog(
                local,
                invite.callId(),
                invite.headers().require("From"),
                ok.headers().require("To"),
                routes,
                target,
                invite.cseq().number(),
                0);
    }

    /** The callee's view: the route set is Record-Route of the request, as it stands (§12.1.1). */
    static Dialog ofCallee(LocalEnd local, SipRequest invite, String localTag) {
        return new Dialog(
                local,
                invite.callId(),
                invite.headers().require("To") + ";tag=" + localTag,
                invite.headers().require("From"),
                invite.headers().entries("Record-Route"),
                NameAddr.parse(invite.headers().require("Contact")).uri(),
                0,
                invite.cseq().number());
    }

    /** Whether a request from the far end belongs here: Call-ID and both tags (§12.2.2). */
    boolean holds(SipRequest request) {
        return callId.equals(request.callId())
                && same(tag(localParty), request.to().params().find("tag"))
                && same(tag(remoteParty), request.from().params().find("tag"));
    }

    /** Whether a response to our INVITE comes from the same far end. */
    boolean answeredBy(SipResponse response) {
        return callId.equals(response.callId())
                && same(tag(remoteParty), response.to().params().find("tag"));
    }

    private static @Nullable String tag(String party) {
        return NameAddr.parse(party).params().find("tag");
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return one == null ? other == null : one.equals(other);
    }

    /** Whether a request's CSeq is higher than those before; if so it is remembered (§12.2.2). */
    boolean inOrder(SipRequest request) {
        long number = request.cseq().number();
        if (number <= remoteCSeq) {
            return false;
        }
        remoteCSeq = number;
        return true;
    }

    /** A re-INVITE, or its 2xx, moves the remote target to its Contact (§12.2). */
    void refreshTarget(SipMessage message) {
        String contact = message.headers().find("Contact");
        if (contact != null) {
            remoteTarget = NameAddr.parse(contact).uri();
        }
    }

    long nextCSeq() {
        return ++localCSeq;
    }

    /** Where requests of this dialog go in the end. */
    String remoteTarget() {
        return remoteTarget;
    }

    String localParty() {
        return localParty;
    }

    /** A request inside the dialog, along its route set (§12.2.1.1), strict routers included. */
    SipRequest request(String method) {
        return request(method, nextCSeq());
    }

    /** The ACK to a 2xx: the INVITE's number and credentials, a branch of its own (§13.2.2.4). */
    SipRequest ack(SipRequest invite) {
        SipRequest ack = request("ACK", invite.cseq().number());
        SipHeaders credentials = ack.headers()
                .plusAll("Authorization", invite.headers().all("Authorization"))
                .plusAll("Proxy-Authorization", invite.headers().all("Proxy-Authorization"));
        return ack.with(credentials);
    }

    private SipRequest request(String method, long cseq) {
        SipHeaders headers = local.base(false, localParty, remoteParty, callId, cseq, method);
        if (routeSet.isEmpty()) {
            return new SipRequest(method, remoteTarget, headers, new byte[0]);
        }
        NameAddr first = NameAddr.parse(routeSet.get(0));
        if (first.looseRouter()) {
            return new SipRequest(method, remoteTarget, headers.plusAll("Route", routeSet), new byte[0]);
        }
        List<String> rest = new ArrayList<>(routeSet.subList(1, routeSet.size()));
        rest.add("<" + remoteTarget + ">");
        return new SipRequest(method, first.uri(), headers.plusAll("Route", rest), new byte[0]);
    }
}
