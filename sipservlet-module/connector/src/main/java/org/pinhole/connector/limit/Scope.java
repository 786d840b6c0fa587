package org.pinhole.connector.limit;

/** Over what a cap counts. */
enum Scope {
    /** One address. */
    SOURCE,
    /** One /24, or /56 of IPv6. */
    NETWORK,
    /** Everybody. */
    ALL
}
