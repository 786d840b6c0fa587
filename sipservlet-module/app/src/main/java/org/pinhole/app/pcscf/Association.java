package org.pinhole.app.pcscf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a flow is bound to (TS 33.203 O.2.2): one private identity and its registrations, the latest last. Never empty.
 * Immutable.
 */
final class Association {
    /** It outlives the registration by so much, as the security associations of IMS AKA do. */
    private static final long GUARD_MILLIS = 30_000;

    private final String privateIdentity;
    private final Map<String, Registration> registrations;

    private Association(String privateIdentity, Map<String, Registration> registrations) {
        this.privateIdentity = privateIdentity;
        this.registrations = Collections.unmodifiableMap(registrations);
    }

    static Association of(String privateIdentity, Registration registration) {
        return new Association(privateIdentity, Collections.singletonMap(registration.addressOfRecord(), registration));
    }

    /** The same with this registration, in place of an older one of its address-of-record. */
    Association with(Registration registration) {
        Map<String, Registration> more = new LinkedHashMap<>(registrations);
        more.remove(registration.addressOfRecord());
        more.put(registration.addressOfRecord(), registration);
        return new Association(privateIdentity, more);
    }

    /** The same without the registration of an address-of-record; null when nothing is left. */
    @Nullable
    Association without(String addressOfRecord) {
        Map<String, Registration> left = new LinkedHashMap<>(registrations);
        left.remove(addressOfRecord);
        return left.isEmpty() ? null : new Association(privateIdentity, left);
    }

    /** The same without what the core has ended; null when nothing is left. */
    @Nullable
    Association without(EndedRegistration ended) {
        Map<String, Registration> left = new LinkedHashMap<>();
        registrations.forEach((addressOfRecord, registration) -> {
            Registration rest =
                    ended.isAt(registration.contact().uri()) ? registration.without(ended.identity()) : registration;
            if (rest != null) {
                left.put(addressOfRecord, rest);
            }
        });
        return left.isEmpty() ? null : new Association(privateIdentity, left);
    }

    /** The same without what has expired; null when nothing is left. */
    @Nullable
    Association at(long nowMillis) {
        Map<String, Registration> left = new LinkedHashMap<>(registrations);
        left.values().removeIf(registration -> registration.expiresAtMillis() + GUARD_MILLIS <= nowMillis);
        if (left.size() == registrations.size()) {
            return this;
        }
        return left.isEmpty() ? null : new Association(privateIdentity, left);
    }

    /** Who registered. */
    String privateIdentity() {
        return privateIdentity;
    }

    /** By what its phone is known again, once for each Contact. */
    Set<String> contactKeys() {
        Set<String> keys = new HashSet<>();
        registrations.values().forEach(each -> keys.add(ContactKey.of(privateIdentity, each.contact())));
        return keys;
    }

    private Registration latest() {
        List<Registration> all = new ArrayList<>(registrations.values());
        return all.get(all.size() - 1);
    }

    /** When the last of its registrations expires. */
    long expiresAtMillis() {
        return registrations.values().stream()
                .mapToLong(Registration::expiresAtMillis)
                .max()
                .orElse(0);
    }

    /** The route of its requests; empty when the core gave none. */
    List<String> serviceRoute() {
        return latest().serviceRoute();
    }

    /** Who it is when the phone does not say. */
    PublicIdentity defaultIdentity() {
        return latest().identities().get(0);
    }

    /** That one of its registered identities, as the core writes it; null when it is none of them. */
    @Nullable
    PublicIdentity find(PublicIdentity claimed) {
        for (Registration registration : registrations.values()) {
            for (PublicIdentity identity : registration.identities()) {
                if (identity.isSame(claimed)) {
                    return identity;
                }
            }
        }
        return null;
    }
}
