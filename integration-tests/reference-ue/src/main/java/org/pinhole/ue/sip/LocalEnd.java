package org.pinhole.ue.sip;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.HostPort;

/**
 * Our own end as it stands in messages: Via, Contact, AOR. Builds every request that is not inside a dialog. Lives on the
 * loop, but for {@link #aor} and {@link #contactUri}.
 */
final class LocalEnd {
    static final String ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS";
    private static final String USER_AGENT = "Pinhole-reference-UE";

    private final UeSettings settings;
    private final HostPort address;
    private final Ids ids;
    private @Nullable Registered registered;

    LocalEnd(UeSettings settings, HostPort address, Ids ids) {
        this.settings = settings;
        this.address = address;
        this.ids = ids;
    }

    String aor() {
        return settings.aor();
    }

    /** What a registration made of us: the identity and the GRUU to show from now on (U-6). */
    void registered(@Nullable Registered now) {
        registered = now;
    }

    /** Who calls: the default public identity that the 200 named first, else the AOR (TS 24.229 §5.1.1.2.1). */
    String identity() {
        Registered now = registered;
        return now == null || now.associatedUris().isEmpty()
                ? aor()
                : now.associatedUris().get(0);
    }

    /** The Contact of a dialog: our public GRUU where the registrar made one (RFC 5627 §4.4). */
    String dialogContactUri() {
        String gruu = registered == null ? null : registered.publicGruu();
        return gruu == null ? contactUri() : gruu;
    }

    /** What a call that comes is answered with, or null for an answer without media. */
    @Nullable
    Answerer answerer() {
        return settings.answerer();
    }

    int callsAtOnce() {
        return settings.callsAtOnce();
    }

    /** How long a call that comes is to ring. */
    Duration ringing() {
        return settings.ringing();
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

    /** Without {@code outbound} neither reg-id nor its option tag: what 439 leaves us (U-12). */
    SipRequest register(String callId, String fromTag, long cseq, long expiresSeconds, boolean outbound) {
        String contact = "<" + contactUri() + ">" + (outbound ? ";reg-id=" + settings.regId() : "")
                + ";+sip.instance=\"<urn:uuid:" + settings.instanceId() + ">\"";
        SipHeaders headers = base(true, "<" + aor() + ">;tag=" + fromTag, "<" + aor() + ">", callId, cseq, "REGISTER")
                .plus("Contact", contact)
                .plus("Expires", Long.toString(expiresSeconds))
                .plus("Supported", outbound ? "path,outbound,gruu" : "path,gruu");
        return new SipRequest("REGISTER", "sip:" + settings.domain(), headers, new byte[0]);
    }

    SipRequest invite(String target, String callId, String fromTag, long cseq, List<String> routes, String sdp) {
        SipHeaders headers = base(
                        false, "<" + identity() + ">;tag=" + fromTag, "<" + target + ">", callId, cseq, "INVITE")
                .plusAll("Route", routes)
                .plus("Contact", "<" + dialogContactUri() + ">")
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
