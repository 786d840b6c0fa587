package org.pinhole.connector.limit;

/** Which of the caps on connections is reached. */
public enum Full {
    /** All connections together. */
    CONNECTIONS,
    /** Those of one source address. */
    SOURCE,
    /** Those of one /24, or /56 of IPv6. */
    NETWORK,
    /** Handshakes at once. */
    HANDSHAKES,
    /** Those of one source address. */
    SOURCE_HANDSHAKES,
    /** Those of one /24, or /56 of IPv6. */
    NETWORK_HANDSHAKES
}
