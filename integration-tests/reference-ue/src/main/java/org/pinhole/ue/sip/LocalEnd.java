package org.pinhole.ue.sip;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pinhole.ue.tunnel.HostPort;

/** Our own end as it stands in messages: Via, Contact, AOR. Builds every request that is not inside a dialog. */
final class LocalEnd {
    static final String ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS";
    private static final String USER_AGENT = "Pinhole-reference-UE";

    private final UeSettings settings;
    private final HostPort address;
    private final Ids ids;

    LocalEnd(UeSettings settings, HostPort address, Ids ids) {
        this.settings = settings;
        this.address = address;
        this.ids = ids;
    }

    String aor() {
        return settings.aor();
    }

    String host() {
        return address.host();
    }

    /** The URI under which this flow's edge can reach us, and nobody else (Annex K: our private address stays in it). */
    String contactUri() {
        return "sip:" + settings.user() + "@" + address.authority() + ";transport=tls";
    }

    /** With {@code ;rport;keep}, the offer to keep the flow alive, without a value (K-1), in REGISTER only. */
    String via(boolean offerKeep) {
        return "SIP/2.0/TLS " + address.authority() + ";branch=" + ids.branch() + ";rport" + (offerKeep ? ";keep" : "");
    }

    SipRequest register(String callId, String fromTag, long cseq, long expiresSeconds) {
        String contact = "<" + contactUri() + ">;reg-id=1;+sip.instance=\"<urn:uuid:" + settings.instanceId() + ">\"";
        SipHeaders headers = base(true, "<" + aor() + ">;tag=" + fromTag, "<" + aor() + ">", callId, cseq, "REGISTER")
                .plus("Contact", contact)
                .plus("Expires", Long.toString(expiresSeconds))
                .plus("Supported", "path,outbound,gruu");
        return new SipRequest("REGISTER", "sip:" + settings.domain(), headers, new byte[0]);
    }

    SipRequest invite(String target, String callId, String fromTag, long cseq, List<String> routes, String sdp) {
        SipHeaders headers = base(false, "<" + aor() + ">;tag=" + fromTag, "<" + target + ">", callId, cseq, "INVITE")
                .plusAll("Route", routes)
                .plus("Contact", "<" + contactUri() + ">")
                .plus("Allow", ALLOW)
                .plus("Supported", "path,outbound,gruu")
                .plus("Content-Type", "application/sdp");
        return new SipRequest("INVITE", target, headers, sdp.getBytes(StandardCharsets.UTF_8));
    }

    SipHeaders base(boolean offerKeep, String from, String to, String callId, long cseq, String method) {
        return SipHeaders.NONE
                .plus("Via", via(offerKeep))
                .plus("Max-Forwards", "70")
                .plus("From", from)
                .plus("To", to)
                .plus("Call-ID", callId)
                .plus("CSeq", new CSeq(cseq, method).toString())
                .plus("User-Agent", USER_AGENT);
    }
}
