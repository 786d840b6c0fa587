package org.pinhole.ue.tunnel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user and a password for an HTTP proxy that asks for Basic (RFC 7617). */
public final class BasicCredentials {
    private final String user;
    private final String password;

    private BasicCredentials(String user, String password) {
        this.user = user;
        this.password = password;
    }

    public static BasicCredentials of(String user, String password) {
        return new BasicCredentials(user, password);
    }

    /** The value of a Proxy-Authorization header. A secret: never logged. */
    String headerValue() {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return "Basic credentials of " + user;
    }
}
