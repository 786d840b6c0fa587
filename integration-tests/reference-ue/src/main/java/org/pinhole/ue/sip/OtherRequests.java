package org.pinhole.ue.sip;

import java.util.Set;

/** Answers to what this UE does not do, and to OPTIONS. */
final class OtherRequests {
    private static final Set<String> KNOWN =
            Set.of("REGISTER", "MESSAGE", "SUBSCRIBE", "NOTIFY", "REFER", "INFO", "UPDATE", "PRACK", "PUBLISH");

    private OtherRequests() {}

    /** What we can do (RFC 3261 §11.2). */
    static SipResponse options(SipRequest request, String tag) {
        SipResponse ok = Replies.reply(request, 200, "OK", tag);
        return ok.with(ok.headers()
                .plus("Allow", LocalEnd.ALLOW)
                .plus("Accept", "application/sdp")
                .plus("Supported", "path,outbound,gruu"));
    }

    /** 405 for a method that is SIP's, 501 for one that nobody knows (§8.2.1, §21.5.2). */
    static SipResponse refusal(SipRequest request, String tag) {
        SipResponse no = KNOWN.contains(request.method())
                ? Replies.reply(request, 405, "Method Not Allowed", tag)
                : Replies.reply(request, 501, "Not Implemented", tag);
        return no.with(no.headers().plus("Allow", LocalEnd.ALLOW));
    }
}
