package org.pinhole.ue.sip;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registration as the registrar's 2xx describes it.
 *
 * @param exchange the way there, the 2xx included
 * @param contactUri what we registered, octet for octet
 * @param bound whether the 2xx has our binding among its Contacts, as it has to after a REGISTER for one (RFC 3261 §10.3)
 * @param expiresSeconds what the registrar granted
 * @param keepSeconds the value that the edge put into the topmost Via, or null (U-3)
 * @param flowTimerSeconds Flow-Timer, or null
 * @param outbound whether the registrar confirmed RFC 5626 by {@code Require: outbound}
 * @param associatedUris P-Associated-URI, the default identity first (U-6)
 * @param publicGruu pub-gruu of our Contact, or null (RFC 5627 §4.2)
 * @param temporaryGruu temp-gruu of our Contact, or null
 * @param serviceRoute the Route of what we send from now on (RFC 3608)
 */
public record Registered(
        Exchange exchange,
        String contactUri,
        boolean bound,
        long expiresSeconds,
        @Nullable Integer keepSeconds,
        @Nullable Integer flowTimerSeconds,
        boolean outbound,
        List<String> serviceRoute,
        List<String> associatedUris,
        @Nullable String publicGruu,
        @Nullable String temporaryGruu) {
    private static final long LEAST_SECONDS = 5;

    public Registered {
        serviceRoute = List.copyOf(serviceRoute);
        associatedUris = List.copyOf(associatedUris);
    }

    static Registered of(Exchange exchange, SipRequest request) {
        SipResponse ok = exchange.response();
        NameAddr contact = NameAddr.parse(request.headers().require("Contact"));
        SipParams bound = boundTo(ok, contact);
        String flowTimer = ok.headers().find("Flow-Timer");
        return new Registered(
                exchange,
                contact.uri(),
                bound != null,
                granted(ok, bound, request),
                ok.topVia().keepSeconds(),
                flowTimer != null && flowTimer.matches("[0-9]{1,9}") ? Integer.valueOf(flowTimer) : null,
                ok.headers().lists("Require", "outbound"),
                ok.headers().entries("Service-Route"),
                ok.headers().entries("P-Associated-URI").stream()
                        .map(entry -> NameAddr.parse(entry).uri())
                        .toList(),
                bound == null ? null : bound.find("pub-gruu"),
                bound == null ? null : bound.find("temp-gruu"));
    }

    /** What the 2xx says of our binding: ours among the Contacts, by instance or else by URI; null when it is not there. */
    private static @Nullable SipParams boundTo(SipResponse ok, NameAddr ours) {
        String instance = ours.params().find("+sip.instance");
        for (String entry : ok.headers().entries("Contact")) {
            NameAddr contact = NameAddr.parse(entry);
            String theirs = contact.params().find("+sip.instance");
            boolean same = theirs == null ? contact.uri().equals(ours.uri()) : theirs.equalsIgnoreCase(instance);
            String regId = contact.params().find("reg-id");
            boolean sameFlow = regId == null || regId.equals(ours.params().find("reg-id"));
            if (same && sameFlow) {
                return contact.params();
            }
        }
        return null;
    }

    /** What our binding says; else what Expires says; else what we asked for. */
    private static long granted(SipResponse ok, @Nullable SipParams bound, SipRequest request) {
        Integer seconds = bound == null ? null : bound.findNumber("expires");
        if (seconds != null) {
            return seconds;
        }
        String general = ok.headers().find("Expires");
        return Long.parseLong(
                general != null && general.matches("[0-9]{1,9}")
                        ? general
                        : request.headers().require("Expires"));
    }

    /** How often the flow is to be kept alive: what keep says (RFC 6223), else Flow-Timer (RFC 5626 §4.4); null for never. */
    @Nullable
    public Integer pingSeconds() {
        return keepSeconds == null ? flowTimerSeconds : keepSeconds;
    }

    /**
     * When to refresh, counted from the 2xx: 600 s before the end, or at half of what is not twice that (U-7), but never at
     * once: a registrar that grants a second is not to be asked for ever.
     */
    Duration refreshAfter() {
        return Duration.ofSeconds(
                expiresSeconds > 1200 ? expiresSeconds - 600 : Math.max(LEAST_SECONDS, expiresSeconds / 2));
    }
}
