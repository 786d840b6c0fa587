package org.pinhole.connector.flow;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.FlowToken;
import org.pinhole.api.spi.FlowTokenKey;
import org.pinhole.api.spi.FlowTokenKeys;

/**
 * Makes and checks flow tokens (RFC 5626 §5.2, with a layout of our own):
 *
 * <pre>
 *  0        1           5                  17                        33
 *  | key id | node      | connection id    | HMAC-SHA-256/128        |   base64url, 44 characters
 *           of the server  96 random bits    over everything before it
 * </pre>
 *
 * <p>Bytes stay bytes: nothing passes through a String before base64url, and the comparison takes constant time. Whatever
 * carries a right MAC was made by us or by a node that shares our keys; all else is forged. Safe for any thread.
 */
public final class FlowTokenCodec {
    private static final int NODE_AT = 1;
    private static final int CONNECTION_AT = NODE_AT + FlowTokenKeys.NODE_LENGTH;
    private static final int MAC_AT = CONNECTION_AT + ConnectionId.LENGTH;
    private static final int MAC_LENGTH = 16;
    private static final int LENGTH = MAC_AT + MAC_LENGTH;

    private final FlowTokenKeys keys;

    /** A codec with these keys, which are asked anew for each token. */
    public FlowTokenCodec(FlowTokenKeys keys) {
        this.keys = keys;
    }

    /** A codec with a fresh random key. */
    public static FlowTokenCodec withRandomKey(SecureRandom random) {
        return new FlowTokenCodec(TokenKeyRing.fresh(Instant.EPOCH, random));
    }

    /** The token that names this connection. */
    public FlowToken encode(ConnectionId connection) {
        FlowTokenKey key = keys.keys().get(0);
        byte[] token = new byte[LENGTH];
        token[0] = (byte) key.id();
        System.arraycopy(keys.node(), 0, token, NODE_AT, FlowTokenKeys.NODE_LENGTH);
        connection.writeTo(token, CONNECTION_AT);
        System.arraycopy(mac(key, token), 0, token, MAC_AT, MAC_LENGTH);
        return FlowToken.of(Base64.getUrlEncoder().withoutPadding().encodeToString(token));
    }

    /** Reads the user part of a URI that leads to us. Never throws: any text has a verdict. */
    public TokenVerdict decode(String text) {
        byte[] token;
        try {
            token = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64url) {
            return TokenVerdict.tampered();
        }
        // A text may have spare bits that decode to nothing: only the canonical one is genuine.
        boolean canonical = token.length == LENGTH
                && Base64.getUrlEncoder().withoutPadding().encodeToString(token).equals(text);
        FlowTokenKey key = canonical ? find(token[0] & 0xFF) : null;
        if (key == null || !MessageDigest.isEqual(mac(key, token), Arrays.copyOfRange(token, MAC_AT, LENGTH))) {
            return TokenVerdict.tampered();
        }
        return Arrays.equals(Arrays.copyOfRange(token, NODE_AT, CONNECTION_AT), keys.node())
                ? TokenVerdict.genuine(ConnectionId.of(token, CONNECTION_AT))
                : TokenVerdict.elsewhere();
    }

    private @Nullable FlowTokenKey find(int id) {
        for (FlowTokenKey key : keys.keys()) {
            if (key.id() == id) {
                return key;
            }
        }
        return null;
    }

    private static byte[] mac(FlowTokenKey key, byte[] token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.secret(), "HmacSHA256"));
            mac.update(token, 0, MAC_AT);
            return Arrays.copyOf(mac.doFinal(), MAC_LENGTH);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }
}
