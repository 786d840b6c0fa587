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
        return "sip:" + SipUri.escapeUser(user) + "@" + uri.host();
    }
}
