package org.pinhole.turn;

import io.netty.util.NetUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.admin.AdminServer;
import org.pinhole.turn.admin.Operations;

/** The admin port, if the operator wants one. */
record Admin(@Nullable AdminServer server) implements AutoCloseable {

    static Admin start(@Nullable AdminSettings settings, Operations operations) throws StartException {
        if (settings == null) {
            return new Admin(null);
        }
        try {
            return new Admin(AdminServer.start(settings.listen(), settings.token(), operations));
        } catch (IOException e) {
            throw new StartException(
                    "--admin-listen %s: %s".formatted(NetUtil.toSocketAddressString(settings.listen()), e.getMessage()),
                    e);
        }
    }

    /** Makes it nobody's peer. */
    void keepFrom(TurnServer peersOf) {
        if (server != null) {
            peersOf.protect(server.address());
        }
    }

    String describe() {
        return server == null ? "" : "; admin on " + NetUtil.toSocketAddressString(server.address());
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
