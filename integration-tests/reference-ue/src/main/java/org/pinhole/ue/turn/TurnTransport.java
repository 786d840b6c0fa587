package org.pinhole.ue.turn;

/** What carries the messages between client and server. */
public enum TurnTransport {
    UDP,
    TCP,
    TLS;

    boolean reliable() {
        return this != UDP;
    }
}
