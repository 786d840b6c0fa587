package org.pinhole.ue.turn;

import org.jspecify.annotations.Nullable;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.MessageIntegrity;
import org.pinhole.stun.MessageIntegritySha256;
import org.pinhole.stun.Nonce;
import org.pinhole.stun.PasswordAlgorithm;
import org.pinhole.stun.PasswordAlgorithms;
import org.pinhole.stun.Realm;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.UserHash;
import org.pinhole.stun.Username;

/**
 * The client's side of the long-term credential mechanism (RFC 8489 §9.2.5): what a challenge says about how requests are
 * sealed and answers checked. A value; a stale nonce makes a new one. Never printed.
 */
final class LongTermAuthentication {
    private static final String NONCE_COOKIE = "obMatJos2";
    private static final int FEATURES_END = NONCE_COOKIE.length() + 4;
    /** The two most significant of the 24 feature bits (§18.1), which are in the first of four base64 characters. */
    private static final int PASSWORD_ALGORITHMS_BIT = 0x20;

    private static final int USERNAME_ANONYMITY_BIT = 0x10;
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final TurnCredentials credentials;
    private final Realm realm;
    private final Nonce nonce;
    private final @Nullable PasswordAlgorithms offered;
    private final PasswordAlgorithm algorithm;
    private final byte[] key;

    private LongTermAuthentication(
            TurnCredentials credentials,
            Realm realm,
            Nonce nonce,
            @Nullable PasswordAlgorithms offered,
            PasswordAlgorithm algorithm) {
        this.credentials = credentials;
        this.realm = realm;
        this.nonce = nonce;
        this.offered = offered;
        this.algorithm = algorithm;
        this.key = LongTermKeys.of(credentials.user(), realm.value(), credentials.password())
                .require(algorithm);
    }

    /** What the 401 or 438 asks for. Throws when this client must not go on (bid-down) or cannot. */
    static LongTermAuthentication answering(StunMessage challenge, TurnCredentials credentials) throws TurnException {
        Realm realm = challenge.find(Realm.TYPE);
        Nonce nonce = challenge.find(Nonce.TYPE);
        if (realm == null || nonce == null) {
            throw new TurnException("the server's challenge has no realm or no nonce; is it a TURN server?");
        }
        PasswordAlgorithms offered = challenge.find(PasswordAlgorithms.TYPE);
        if (offered == null && feature(nonce, PASSWORD_ALGORITHMS_BIT)) {
            throw new TurnException("the server's challenge lost its PASSWORD-ALGORITHMS on the way;"
                    + " somebody may try to weaken the credentials");
        }
        return new LongTermAuthentication(credentials, realm, nonce, offered, algorithm(offered));
    }

    /** "the first algorithm supported on the list"; MD5 without a list. */
    private static PasswordAlgorithm algorithm(@Nullable PasswordAlgorithms offered) throws TurnException {
        if (offered == null) {
            return PasswordAlgorithm.MD5;
        }
        for (PasswordAlgorithm one : offered.offered()) {
            if (one.equals(PasswordAlgorithm.SHA_256) || one.equals(PasswordAlgorithm.MD5)) {
                return one;
            }
        }
        throw new TurnException("the server offers no password algorithm that this client knows");
    }

    private static boolean feature(Nonce nonce, int bit) {
        String value = nonce.value();
        return value.startsWith(NONCE_COOKIE)
                && value.length() >= FEATURES_END
                && (BASE64.indexOf(value.charAt(NONCE_COOKIE.length())) & bit) != 0;
    }

    /** Adds who asks, and seals all of it: with MESSAGE-INTEGRITY-SHA256 exactly if algorithms were offered. */
    void seal(StunEncoder request) {
        boolean anonymous = feature(nonce, USERNAME_ANONYMITY_BIT);
        request.add(anonymous ? UserHash.of(credentials.user(), realm.value()) : new Username(credentials.user()))
                .add(realm)
                .add(nonce);
        if (offered == null) {
            request.integrity(key);
        } else {
            request.add(offered).add(algorithm).integritySha256(key);
        }
    }

    /** Whether the answer is sealed as our request was, with our key. */
    boolean proves(StunMessage answer) {
        return offered == null ? answer.integrityIsRight(key) : answer.integritySha256IsRight(key);
    }

    /** Whether the answer carries a seal at all, right or wrong. */
    static boolean sealed(StunMessage answer) {
        return answer.has(MessageIntegrity.TYPE) || answer.has(MessageIntegritySha256.TYPE);
    }

    String realm() {
        return realm.value();
    }

    String algorithmName() {
        return algorithm.equals(PasswordAlgorithm.SHA_256) ? "SHA-256" : "MD5";
    }

    @Override
    public String toString() {
        return "authentication of " + credentials.user() + " in " + realm.value();
    }
}
