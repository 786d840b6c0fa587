package org.example.registrar;

import java.time.Instant;

/** AOR to Contact with an expiry (RFC 3261 §10); the Contact is kept as it came, parameters and all. */
final class Binding {
    private final String uri;
    private final String contact;
    private final Instant expiry;

    private Binding(String uri, String contact, Instant expiry) {
        this.uri = uri;
        this.contact = contact;
        this.expiry = expiry;
    }

    static Binding of(String uri, String contact, Instant expiry) {
        return new Binding(uri, contact, expiry);
    }

    /** The Contact's URI, with its parameters: what a request is proxied to. */
    String uri() {
        return uri;
    }

    /** The whole header field value, as it came. */
    String contact() {
        return contact;
    }

    Instant expiry() {
        return expiry;
    }

    boolean isAliveAt(Instant now) {
        return expiry.isAfter(now);
    }
}
