package org.pinhole.app.turn;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A TURN user name that expires, {@code EXPIRY:USER}, and its password, base64(HMAC-SHA1(secret, user name)): the form
 * that every WebRTC stack and TURN server knows. SHA-1 is theirs to change; as the key of an HMAC it holds. Immutable.
 */
final class TurnCredential {
    private final String username;
    private final String password;

    private TurnCredential(String username, String password) {
        this.username = username;
        this.password = password;
    }

    /** For this user until then, in seconds since 1970. */
    static TurnCredential of(SharedSecret secret, long expirySeconds, String user) {
        String username = expirySeconds + ":" + user;
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA1"));
            byte[] hash = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
            return new TurnCredential(username, Base64.getEncoder().encodeToString(hash));
        } catch (GeneralSecurityException missing) { // every JDK has it
            throw new IllegalStateException("this JDK has no HmacSHA1", missing);
        }
    }

    String username() {
        return username;
    }

    String password() {
        return password;
    }

    /** The user name only. */
    @Override
    public String toString() {
        return username;
    }
}
