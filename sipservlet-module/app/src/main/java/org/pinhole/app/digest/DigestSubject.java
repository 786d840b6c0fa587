package org.pinhole.app.digest;

import java.util.function.Predicate;
import java.util.function.Supplier;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;

/**
 * The request that credentials are to prove: what went into their hash, and where it came from. Their {@code uri} may differ
 * from the Request-URI (RFC 8760 §2.6, item 6). Accepted is the Request-URI itself, by text or by SIP's comparison, and any
 * SIP URI whose host is one of ours, because clients and the proxies before us write either. Used by one thread.
 */
public final class DigestSubject {
    private final String method;
    private final Supplier<String> requestUri;
    private final Predicate<String> ownHost;
    private final Supplier<byte[]> body;
    private final String nonceOwner;
    private final Source source;

    /**
     * A request.
     *
     * @param requestUri asked for only where there are credentials
     * @param ownHost whether a host is one of ours; it is asked in lower case, for IPv6 addresses in brackets
     * @param body the octets as they were received; asked for only where they are covered
     * @param nonceOwner what the nonce must have been issued to, such as a flow
     * @param source whose wrong passwords are counted together
     */
    public DigestSubject(
            String method,
            Supplier<String> requestUri,
            Predicate<String> ownHost,
            Supplier<byte[]> body,
            String nonceOwner,
            Source source) {
        this.method = method;
        this.requestUri = requestUri;
        this.ownHost = ownHost;
        this.body = body;
        this.nonceOwner = nonceOwner;
        this.source = source;
    }

    String method() {
        return method;
    }

    byte[] body() {
        return body.get();
    }

    String nonceOwner() {
        return nonceOwner;
    }

    Source source() {
        return source;
    }

    boolean accepts(String uri) {
        String target = requestUri.get();
        if (uri.equals(target)) {
            return true;
        }
        try {
            SipUri theirs = SipUri.parse(uri);
            return ownHost.test(theirs.host()) || theirs.matches(SipUri.parse(target));
        } catch (SipFormatException notSip) {
            return false;
        }
    }
}
