package org.pinhole.turn.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.pinhole.stun.LongTermKeys;

/**
 * Expiring credentials as every WebRTC stack knows them: the user name is {@code expiry:user}, the expiry in seconds since
 * 1970, and the password is base64(HMAC(secret, user name)) with SHA-1 or SHA-256. Who knows the secret can issue them.
 */
public final class EphemeralUsers implements KeySource {
    private static final Pattern NAME = Pattern.compile("([0-9]{1,12}):(.+)", Pattern.DOTALL);

    /** The hash functions that a password may have been made with. */
    public enum Hash {
        SHA_1("HmacSHA1"),
        SHA_256("HmacSHA256");

        private final String algorithm;

        Hash(String algorithm) {
            this.algorithm = algorithm;
        }
    }

    private final List<byte[]> secrets;
    private final String realm;
    private final InstantSource clock;

    public EphemeralUsers(byte[] secret, String realm, InstantSource clock) {
        this(List.of(secret), realm, clock);
    }

    /** With several secrets, each of which opens: so one takes another's place while credentials of both are about. */
    public EphemeralUsers(List<byte[]> secrets, String realm, InstantSource clock) {
        this.secrets = secrets.stream().map(byte[]::clone).toList();
        this.realm = realm;
        this.clock = clock;
    }

    /** The password that belongs to a user name. */
    public static String password(Hash hash, byte[] secret, String username) {
        try {
            Mac mac = Mac.getInstance(hash.algorithm);
            mac.init(new SecretKeySpec(secret, hash.algorithm));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(hash.algorithm + " is missing from this JVM", e);
        }
    }

    /** Whose the user name is: what stands behind its expiry, or all of it. */
    static String account(String username) {
        Matcher name = NAME.matcher(username);
        return name.matches() ? name.group(2) : username;
    }

    @Override
    public CompletableFuture<KeyAnswer> find(String username) {
        Matcher name = NAME.matcher(username);
        if (!name.matches() || Long.parseLong(name.group(1)) <= clock.instant().getEpochSecond()) {
            return CompletableFuture.completedFuture(KeyAnswer.UNKNOWN);
        }
        List<LongTermKeys> candidates = secrets.stream()
                .flatMap(secret -> Arrays.stream(Hash.values()).map(hash -> password(hash, secret, username)))
                .map(password -> LongTermKeys.of(username, realm, password))
                .toList();
        return CompletableFuture.completedFuture(new KeyAnswer.Known(candidates, name.group(2)));
    }
}
