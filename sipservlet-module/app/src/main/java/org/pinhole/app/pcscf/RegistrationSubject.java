package org.pinhole.app.pcscf;

/** Whose registration it is that the core is asked about, and how to ask. Immutable. */
public final class RegistrationSubject {
    private final String identity;
    private final long expiresAtMillis;
    private final PcscfSettings settings;

    RegistrationSubject(Association association, PcscfSettings settings) {
        this.identity = association.defaultIdentity().uri();
        this.expiresAtMillis = association.expiresAtMillis();
        this.settings = settings;
    }

    /** The URI of the default public identity. */
    public String identity() {
        return identity;
    }

    /** When the registration expires, by our clock. */
    public long expiresAtMillis() {
        return expiresAtMillis;
    }

    /** Where the question goes. */
    public String nextHop() {
        return settings.nextHop();
    }

    /** The domain in whose name we ask. */
    public String network() {
        return settings.visitedNetwork();
    }
}
