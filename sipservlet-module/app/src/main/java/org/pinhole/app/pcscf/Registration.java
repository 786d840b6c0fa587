package org.pinhole.app.pcscf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.NameAddress;

/**
 * What the 200 to one REGISTER grants (TS 24.229 5.2.2.4): the identities that were registered with it, the route that
 * requests of theirs have to take, and until when. Immutable.
 */
final class Registration {
    private final String addressOfRecord;
    private final NameAddress contact;
    private final List<PublicIdentity> identities;
    private final List<String> serviceRoute;
    private final long expiresAtMillis;

    Registration(
            String addressOfRecord,
            NameAddress contact,
            List<PublicIdentity> identities,
            List<String> serviceRoute,
            long expiresAtMillis) {
        this.addressOfRecord = addressOfRecord;
        this.contact = contact;
        this.identities = Collections.unmodifiableList(new ArrayList<>(identities));
        this.serviceRoute = Collections.unmodifiableList(new ArrayList<>(serviceRoute));
        this.expiresAtMillis = expiresAtMillis;
    }

    /** The URI of the REGISTER's To. */
    String addressOfRecord() {
        return addressOfRecord;
    }

    /** The phone's Contact in it. */
    NameAddress contact() {
        return contact;
    }

    /** The registered public identities, the default one first; never empty. */
    List<PublicIdentity> identities() {
        return identities;
    }

    /** The URIs of the Service-Route (RFC 3608), next hop first; often empty. */
    List<String> serviceRoute() {
        return serviceRoute;
    }

    /** When it expires, by our clock. */
    long expiresAtMillis() {
        return expiresAtMillis;
    }

    /** The same without an identity; null when it was the last one. */
    @Nullable
    Registration without(PublicIdentity ended) {
        List<PublicIdentity> left = new ArrayList<>(identities);
        left.removeIf(ended::isSame);
        return left.isEmpty() ? null : new Registration(addressOfRecord, contact, left, serviceRoute, expiresAtMillis);
    }
}
