package org.pinhole.app;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;

/**
 * The way from us to the other side of one of a phone's dialogs: its route set beyond us, which never changes once the dialog is
 * confirmed (RFC 3261 §12.2, §13.2.2.4), and where the other side has said that it is. Not safe for several threads.
 */
final class DialogWay {
    /** A phone may still use the last but one, when the next is on its way to it. */
    private static final int TARGETS = 4;

    private static final int PLAIN_PORT = 5060;
    private static final int TLS_PORT = 5061;

    private List<String> routes = Collections.emptyList();
    private boolean confirmed;
    private final Deque<String> targets = new ArrayDeque<>(1);

    /** What a message says of the route set, next hop first; the first final one holds. */
    void routes(List<String> said, boolean last) {
        if (!confirmed) {
            routes = Collections.unmodifiableList(new ArrayList<>(said));
            confirmed = last;
        }
    }

    /** The next hop first. */
    List<String> routes() {
        return routes;
    }

    /** The other side says that it is there. */
    void target(URI contact) {
        String place = placeOf(contact);
        targets.remove(place);
        targets.addFirst(place);
        if (targets.size() > TARGETS) {
            targets.removeLast();
        }
    }

    /** Whether a Request-URI leads nobody else's way: where there is a route, that decides. */
    boolean leadsTo(URI requestUri) {
        return !routes.isEmpty() || targets.contains(placeOf(requestUri));
    }

    /** What of a URI decides where a request goes (RFC 3263 §4). */
    private static String placeOf(URI uri) {
        if (!(uri instanceof SipURI)) {
            return uri.toString();
        }
        SipURI sip = (SipURI) uri;
        String transport = lower(sip.getTransportParam());
        boolean tls = sip.isSecure() || transport.equals("tls");
        int port = sip.getPort() > 0 ? sip.getPort() : tls ? TLS_PORT : PLAIN_PORT;
        return lower(sip.getHost()) + ':' + port + ' ' + transport + ' ' + lower(sip.getMAddrParam());
    }

    private static String lower(String value) {
        return value == null ? "" : value.toLowerCase(Locale.ROOT);
    }
}
