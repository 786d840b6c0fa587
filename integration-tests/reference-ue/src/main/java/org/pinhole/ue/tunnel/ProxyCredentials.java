package org.pinhole.ue.tunnel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.pinhole.ue.digest.Credentials;

/** A user and a password for an HTTP proxy that asks for Digest or Basic (RFC 7616, 7617). Prints its user only. */
public final class ProxyCredentials {
    private final String user;
    private final String password;

    private ProxyCredentials(String user, String password) {
        this.user = user;
        this.password = password;
    }

    public static ProxyCredentials of(String user, String password) {
        return new ProxyCredentials(user, password);
    }

    /** The value of a Proxy-Authorization header. A secret: never logged. */
    String basic() {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    Credentials digest() {
        return Credentials.of(user, password);
    }

    @Override
    public String toString() {
        return "proxy credentials of " + user;
    }
}
