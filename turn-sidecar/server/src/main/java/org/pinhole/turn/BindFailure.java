package org.pinhole.turn;

import java.io.IOException;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.transport.Listen;

/** Why a listener could not be bound, and what an operator does about it. */
final class BindFailure {
    private BindFailure() {}

    static String explain(Listen listen, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("in use")) {
            String flag = listen.transport() == TransportProtocol.UDP ? "-lnup" : "-lntp";
            return "%s: the port is taken; see who has it with 'ss %s sport = :%d', or choose another"
                    .formatted(listen.option(), flag, listen.address().getPort());
        }
        if (message.contains("ermission denied")) {
            return "%s: ports below 1024 need root or the capability CAP_NET_BIND_SERVICE".formatted(listen.option());
        }
        if (message.contains("assign requested address")) {
            return "%s: this machine does not have that address".formatted(listen.option());
        }
        return "%s: %s".formatted(listen.option(), message);
    }
}
