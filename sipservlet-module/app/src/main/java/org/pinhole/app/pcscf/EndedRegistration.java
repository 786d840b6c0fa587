package org.pinhole.app.pcscf;

import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;

/** A registration that the core says is over: of an identity, at one Contact or at all of them. Immutable. */
final class EndedRegistration {
    private final PublicIdentity identity;
    private final @Nullable String contact;

    EndedRegistration(PublicIdentity identity, @Nullable String contact) {
        this.identity = identity;
        this.contact = contact;
    }

    /** Whose. */
    PublicIdentity identity() {
        return identity;
    }

    /** Whether it is the one at this Contact. */
    boolean isAt(String contactUri) {
        return contact == null || contact.equals(contactUri) || isSame(contact, contactUri);
    }

    /** The core may write it another way than the phone (RFC 3261 §19.1.4). */
    private static boolean isSame(String one, String other) {
        try {
            return SipUri.parse(one).matches(SipUri.parse(other));
        } catch (SipFormatException notSip) {
            return false;
        }
    }
}
