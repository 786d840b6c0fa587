package org.pinhole.turn.request;

import java.net.InetSocketAddress;
import org.pinhole.stun.StunMessage;
import org.pinhole.turn.allocation.ClientPath;
import org.pinhole.turn.allocation.FiveTuple;
import org.pinhole.turn.allocation.Owner;
import org.pinhole.turn.auth.User;

/** One authenticated request. */
record Request(StunMessage message, ClientPath path, User user) {

    FiveTuple fiveTuple() {
        return path.fiveTuple();
    }

    /** Who asks, as the owner of what is opened for him. */
    Owner owner() {
        return new Owner(user.name(), user.account(), user.keys());
    }

    InetSocketAddress source() {
        return path.fiveTuple().client();
    }
}
