package org.pinhole.app.turn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.NameAddress;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;

/**
 * How long a registration stands: the 2xx lists all bindings of the user (RFC 3261 §10.3 step 8), of which those count that
 * the request asked for. Pure.
 */
final class GrantedLifetime {
    /** When the registrar says nothing at all (RFC 3261 §10.2.1.1). */
    private static final long UNSAID_SECONDS = 3600;

    private GrantedLifetime() {}

    /** In seconds; 0 when the request left no binding. */
    static long seconds(List<String> asked, List<String> granted, @Nullable String expires) {
        List<SipUri> ours = new ArrayList<>();
        asked.forEach(value -> addUri(ours, value));
        long longest = 0;
        for (String value : granted) {
            longest = Math.max(longest, secondsOf(ours, value, expires));
        }
        return longest;
    }

    private static long secondsOf(List<SipUri> ours, String value, @Nullable String expires) {
        try {
            NameAddress contact = NameAddress.parse(value);
            SipUri uri = SipUri.parse(contact.uri());
            return ours.stream().anyMatch(uri::matches) ? secondsOf(contact.parameter("expires"), expires) : 0;
        } catch (SipFormatException notOneOfOurs) {
            return 0;
        }
    }

    private static void addUri(List<SipUri> uris, String value) {
        try {
            uris.add(SipUri.parse(NameAddress.parse(value).uri()));
        } catch (SipFormatException wildcardOrForeign) {
            return; // it cannot be among the bindings either
        }
    }

    private static long secondsOf(@Nullable String own, @Nullable String header) {
        String text = own != null ? own.trim() : header != null ? header.trim() : String.valueOf(UNSAID_SECONDS);
        return text.matches("[0-9]{1,10}") ? Long.parseLong(text) : 0;
    }
}
