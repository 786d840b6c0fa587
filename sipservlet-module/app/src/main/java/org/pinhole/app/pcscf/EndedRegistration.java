package org.pinhole.app.pcscf;

import org.jspecify.annotations.Nullable;

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
        return contact == null || contact.equals(contactUri);
    }
}
