package org.pinhole.connector.flow;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.pinhole.api.FlowToken;

/**
 * Makes and checks flow tokens (RFC 5626 §5.2, with a layout of our own):
 *
 * <pre>
 *  0        1           5                  17                        33
 *  | key id | node      | connection id    | HMAC-SHA-256/128        |   base64url, 44 characters
 *           of the server  96 random bits    over everything before it
 * </pre>
 *
 * <p>Bytes stay bytes: nothing passes through a String before base64url, and the comparison takes constant time. The key
 * lives as long as this process, as do the connections that its tokens name; a token of an earlier process carries
 * another key id or node, so it is known to be retired rather than forged. Safe for any thread.
 */
public final class FlowTokenCodec {
    private static final int NODE_AT = 1;
    private static final int CONNECTION_AT = 5;
    private static final int MAC_AT = CONNECTION_AT + ConnectionId.LENGTH;
    private static final int MAC_LENGTH = 16;
    private static final int LENGTH = MAC_AT + MAC_LENGTH;

    private final byte keyId;
    private final byte[] node;
    private final SecretKeySpec key;

    FlowTokenCodec(byte keyId, byte[] node, byte[] secret) {
        this.keyId = keyId;
        this.node = node.clone();
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** A codec with a fresh random key. */
    public static FlowTokenCodec withRandomKey(SecureRandom random) {
        byte[] id = new byte[1];
        byte[] node = new byte[CONNECTION_AT - NODE_AT];
        byte[] secret = new byte[32];
        random.nextBytes(id);
        random.nextBytes(node);
        random.nextBytes(secret);
        return new FlowTokenCodec(id[0], node, secret);
    }

    /** The token that names this connection. */
    public FlowToken encode(ConnectionId connection) {
        byte[] token = new byte[LENGTH];
        token[0] = keyId;
        System.arraycopy(node, 0, token, NODE_AT, node.length);
        connection.writeTo(token, CONNECTION_AT);
        System.arraycopy(mac(token), 0, token, MAC_AT, MAC_LENGTH);
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
        // The last character of 44 carries two bits that decode to nothing: only the canonical text is genuine.
        boolean canonical = token.length == LENGTH
                && Base64.getUrlEncoder().withoutPadding().encodeToString(token).equals(text);
        if (!canonical) {
            return TokenVerdict.tampered();
        }
        if (token[0] != keyId || !Arrays.equals(Arrays.copyOfRange(token, NODE_AT, CONNECTION_AT), node)) {
            return TokenVerdict.retired();
        }
        byte[] presented = Arrays.copyOfRange(token, MAC_AT, LENGTH);
        if (!MessageDigest.isEqual(mac(token), presented)) {
            return TokenVerdict.tampered();
        }
        return TokenVerdict.genuine(ConnectionId.of(token, CONNECTION_AT));
    }

    private byte[] mac(byte[] token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(token, 0, MAC_AT);
            return Arrays.copyOf(mac.doFinal(), MAC_LENGTH);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }
}
