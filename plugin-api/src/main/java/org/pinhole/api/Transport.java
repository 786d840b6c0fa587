package org.pinhole.api;

/** The transports a flow may use, by the names that SIP gives them in a Via (RFC 3261 §20.42, RFC 7118 §5.1). */
public enum Transport {
    /** SIP over TCP, in the clear. */
    TCP,
    /** SIP over TLS over TCP. */
    TLS,
    /** SIP over a WebSocket over TLS. */
    WSS
}
