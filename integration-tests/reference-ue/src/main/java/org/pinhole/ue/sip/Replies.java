package org.pinhole.ue.sip;

import java.nio.charset.StandardCharsets;

/** Responses made from their requests (RFC 3261 §8.2.6): Via, From, To, Call-ID, CSeq, verbatim and in order. */
final class Replies {
    private Replies() {}

    /** A response outside or inside a dialog; To gets the tag unless it has one. */
    static SipResponse reply(SipRequest request, int status, String reason, String tag) {
        String to = request.headers().require("To");
        boolean tagged = NameAddr.parse(to).params().has("tag");
        SipHeaders headers = SipHeaders.NONE
                .plusAll("Via", request.headers().all("Via"))
                .plus("From", request.headers().require("From"))
                .plus("To", tagged ? to : to + ";tag=" + tag)
                .plus("Call-ID", request.callId())
                .plus("CSeq", request.headers().require("CSeq"));
        return new SipResponse(status, reason, headers, new byte[0]);
    }

    /** A response that makes a dialog: Record-Route goes back untouched, Contact says where we are (§12.1.1). */
    static SipResponse dialogReply(SipRequest request, int status, String reason, String tag, String contactUri) {
        SipResponse plain = reply(request, status, reason, tag);
        return plain.with(plain.headers()
                .plusAll("Record-Route", request.headers().all("Record-Route"))
                .plus("Contact", "<" + contactUri + ">")
                .plus("Allow", LocalEnd.ALLOW));
    }

    static SipResponse withSdp(SipResponse response, String sdp) {
        return new SipResponse(
                response.status(),
                response.reason(),
                response.headers().plus("Content-Type", "application/sdp"),
                sdp.getBytes(StandardCharsets.UTF_8));
    }
}
