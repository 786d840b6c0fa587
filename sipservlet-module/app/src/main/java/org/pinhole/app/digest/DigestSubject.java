package org.pinhole.app.digest;

import java.util.Set;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;

/**
 * What the credentials must be for: this method, and a {@code uri} that we accept for this Request-URI (RFC 8760 §2.6,
 * item 6). Accepted is the Request-URI itself, by text or by SIP's comparison, and any SIP URI whose host is our realm or
 * the connector's own address, because clients and the proxies before us write either.
 */
final class DigestSubject {
    private final String method;
    private final String requestUri;
    private final Set<String> ownHosts;

    DigestSubject(String method, String requestUri, Set<String> ownHosts) {
        this.method = method;
        this.requestUri = requestUri;
        this.ownHosts = ownHosts;
    }

    String method() {
        return method;
    }

    boolean accepts(String uri) {
        if (uri.equals(requestUri)) {
            return true;
        }
        try {
            SipUri theirs = SipUri.parse(uri);
            return ownHosts.contains(theirs.host()) || theirs.matches(SipUri.parse(requestUri));
        } catch (SipFormatException notSip) {
            return false;
        }
    }
}
