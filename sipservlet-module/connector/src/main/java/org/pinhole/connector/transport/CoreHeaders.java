package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.sip.header.Header;

/**
 * What the servers of an IMS core tell each other and a phone is not to hear (TS 24.229 5.2.6.4, RFC 7315 §4.6): charging,
 * what the network says of the access, and an identity whose owner asked for privacy (RFC 3325 §7). Works on messages in
 * place.
 */
final class CoreHeaders {
    private static final List<String> AMONG_SERVERS = Collections.unmodifiableList(Arrays.asList(
            "P-Charging-Vector",
            "P-Charging-Function-Addresses",
            "P-Visited-Network-ID",
            "P-Served-User",
            "P-Profile-Key",
            "P-User-Database"));
    private static final String ACCESS = "P-Access-Network-Info";
    private static final String ASSERTED = "P-Asserted-Identity";

    private CoreHeaders() {}

    /** Strips a message that goes to a phone. */
    static void strip(SIPMessage message) {
        for (String name : AMONG_SERVERS) {
            message.removeHeader(name);
        }
        dropNetworkProvided(message);
        if (wantsPrivacy(message)) {
            message.removeHeader(ASSERTED);
        }
    }

    /** Leaves of the access network's description what the phone itself may say (RFC 7315 §5.4). */
    static void dropNetworkProvided(SIPMessage message) {
        List<Header> kept = new ArrayList<>();
        boolean dropped = false;
        for (Iterator<?> each = message.getHeaders(ACCESS); each.hasNext(); ) {
            Header header = (Header) each.next();
            boolean networks = words(header, ";").contains("network-provided");
            dropped |= networks;
            if (!networks) {
                kept.add(header);
            }
        }
        if (dropped) {
            message.removeHeader(ACCESS);
            kept.forEach(message::addHeader);
        }
    }

    private static boolean wantsPrivacy(SIPMessage message) {
        for (Iterator<?> each = message.getHeaders("Privacy"); each.hasNext(); ) {
            if (words((Header) each.next(), "[;,]").contains("id")) {
                return true;
            }
        }
        return false;
    }

    private static List<String> words(Header header, String separator) {
        String text = header.toString();
        List<String> words = new ArrayList<>();
        for (String word : text.substring(text.indexOf(':') + 1).split(separator, -1)) {
            words.add(word.trim().toLowerCase(Locale.ROOT));
        }
        return words;
    }
}
