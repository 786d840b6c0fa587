package org.pinhole.app.registrar;

import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;

/** The canonical form of an address-of-record (RFC 3261 §10.3 step 5): user and domain, without all else. */
final class AddressOfRecord {
    private AddressOfRecord() {}

    /** The key under which its bindings are kept. */
    static String of(SipUri uri) {
        String user = uri.user();
        if (user == null) {
            throw new SipFormatException("an address-of-record without a user");
        }
        return of(user, uri.host());
    }

    /** The same of its two parts, the user unescaped. */
    static String of(String user, String domain) {
        return "sip:" + SipUri.escapeUser(user) + "@" + domain;
    }
}
