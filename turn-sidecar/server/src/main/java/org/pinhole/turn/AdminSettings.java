package org.pinhole.turn;

import java.net.InetSocketAddress;

/** Where the admin port is and what it asks for. */
record AdminSettings(InetSocketAddress listen, String token) {

    @Override
    public String toString() {
        return "admin port " + listen;
    }
}
