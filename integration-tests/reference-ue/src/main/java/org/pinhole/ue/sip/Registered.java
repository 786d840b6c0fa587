package org.pinhole.ue.sip;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registration as the registrar's 2xx describes it.
 *
 * @param exchange the way there, the 2xx included
 * @param contactUri what we registered, octet for octet
 * @param expiresSeconds what the registrar granted
 * @param keepSeconds the value that the edge put into the topmost Via, or null: no pings then (U-3)
 * @param flowTimerSeconds Flow-Timer, or null
 * @param outbound whether the registrar confirmed RFC 5626 by {@code Require: outbound}
 * @param serviceRoute the Route of what we send from now on (RFC 3608)
 */
public record Registered(
        Exchange exchange,
        String contactUri,
        long expiresSeconds,
        @Nullable Integer keepSeconds,
        @Nullable Integer flowTimerSeconds,
        boolean outbound,
        List<String> serviceRoute) {
    public Registered {
        serviceRoute = List.copyOf(serviceRoute);
    }

    static Registered of(Exchange exchange, SipRequest request) {
        SipResponse ok = exchange.response();
        NameAddr contact = NameAddr.parse(request.headers().require("Contact"));
        String flowTimer = ok.headers().find("Flow-Timer");
        return new Registered(
                exchange,
                contact.uri(),
                granted(ok, contact, request),
                ok.topVia().keepSeconds(),
                flowTimer != null && flowTimer.matches("[0-9]{1,9}") ? Integer.valueOf(flowTimer) : null,
                ok.headers().lists("Require", "outbound"),
                ok.headers().entries("Service-Route"));
    }

    /** Ours among the Contacts, by instance or else by URI; else what Expires says; else what we asked for. */
    private static long granted(SipResponse ok, NameAddr ours, SipRequest request) {
        String instance = ours.params().find("+sip.instance");
        for (String entry : ok.headers().entries("Contact")) {
            NameAddr contact = NameAddr.parse(entry);
            String theirs = contact.params().find("+sip.instance");
            boolean same = theirs == null ? contact.uri().equals(ours.uri()) : theirs.equalsIgnoreCase(instance);
            Integer seconds = contact.params().findNumber("expires");
            if (same && seconds != null) {
                return seconds;
            }
        }
        String general = ok.headers().find("Expires");
        return Long.parseLong(
                general != null && general.matches("[0-9]{1,9}")
                        ? general
                        : request.headers().require("Expires"));
    }
}
