package org.example.registrar;

import java.util.Locale;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;

/** The address of record that a URI names: its user part and domain, without port and parameters. */
final class Aor {
    private Aor() {}

    static String of(URI uri) {
        if (!(uri instanceof SipURI)) {
            return uri.toString();
        }
        SipURI sip = (SipURI) uri;
        return of(sip.getUser(), sip.getHost());
    }

    /** User parts are case-sensitive, hosts are not (RFC 3261 §19.1.4). */
    static String of(String user, String host) {
        return user + "@" + host.toLowerCase(Locale.ROOT);
    }

    /** A request to the server itself rather than to somebody it knows. */
    static boolean namesNobody(URI uri) {
        return uri instanceof SipURI && ((SipURI) uri).getUser() == null;
    }
}
