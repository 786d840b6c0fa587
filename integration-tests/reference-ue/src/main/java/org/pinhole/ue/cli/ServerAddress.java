package org.pinhole.ue.cli;

import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.HostPort;

/** An edge as it was given; without a port the way to it has to be found. */
record ServerAddress(String host, @Nullable Integer port) {
    private static final int WEB = 443;

    static ServerAddress parse(String text) {
        boolean bareAddress = text.startsWith("[") && text.endsWith("]");
        if (bareAddress || text.indexOf(':') < 0) {
            HostPort checked = HostPort.parse(text + ":" + WEB);
            return new ServerAddress(checked.host(), null);
        }
        HostPort full = HostPort.parse(text);
        return new ServerAddress(full.host(), full.port());
    }

    /** On its port, or on 443 while none is known. */
    HostPort onWebPort() {
        return new HostPort(host, port == null ? WEB : port);
    }

    @Override
    public String toString() {
        return port == null ? host : onWebPort().authority();
    }
}
