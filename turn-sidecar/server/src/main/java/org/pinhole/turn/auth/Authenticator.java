package org.pinhole.turn.auth;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.MessageIntegrity;
import org.pinhole.stun.MessageIntegritySha256;
import org.pinhole.stun.Nonce;
import org.pinhole.stun.PasswordAlgorithm;
import org.pinhole.stun.PasswordAlgorithms;
import org.pinhole.stun.Realm;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.UserHash;
import org.pinhole.stun.Username;

/**
 * The long-term credential mechanism, check by check in the order of RFC 8489 §9.2.4. No state before the integrity is
 * verified, and unknown users and wrong passwords get the same answer.
 *
 * <p>One deliberate deviation: a nonce that we did not issue to this source, or too long ago, is a 438 before the user is
 * looked up, not after; so a flood of invented requests never reaches a user store.
 */
public final class Authenticator {
    private static final PasswordAlgorithms OFFERED =
            new PasswordAlgorithms(List.of(PasswordAlgorithm.SHA_256, PasswordAlgorithm.MD5));

    /**
     * So that a challenge, with headers of IPv4 and UDP, is at most three times the shortest request there is: nobody is
     * flooded through this server for less than a third of the flood.
     */
    public static final int MAX_REALM_BYTES = 44;

    /** An unknown user costs as much time as a wrong password. */
    private static final byte[] NOBODYS_KEY = new byte[16];

    private final String realm;
    private final Nonces nonces;
    private final KeySource keys;
    private final LookUpLimit lookUps;

    public Authenticator(String realm, Nonces nonces, KeySource keys, LookUpLimit lookUps) {
        this.realm = realm;
        this.nonces = nonces;
        this.keys = keys;
        this.lookUps = lookUps;
    }

    /** What a 401 and a 438 carry beside their code. */
    public List<Attribute> challenge(InetSocketAddress source) {
        return List.of(new Realm(realm), new Nonce(nonces.issue(source)), OFFERED);
    }

    /**
     * Verifies one request. The result fails with a {@link StunException} or {@link TooManyLookUps}, at once or when the key source has answered, on
     * whatever thread that happens. A remembered user is not looked up again: the allocation outlives an application that
     * is down. When it is to be checked again, and the source no longer knows the user, the result says so.
     */
    public CompletableFuture<Authenticated> authenticate(StunMessage request, Bearings bearings) {
        try {
            requireIntegrity(request);
            requireCredentials(request);
            PasswordAlgorithm algorithm = chosenAlgorithm(request);
            requireNonce(request, bearings.nonceSources());
            String username = username(request, bearings.remembered());
            return identify(request, username, algorithm, bearings);
        } catch (StunException | TooManyLookUps e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** "does not contain a MESSAGE-INTEGRITY or MESSAGE-INTEGRITY-SHA256": 401. */
    private static void requireIntegrity(StunMessage request) {
        if (!request.has(MessageIntegrity.TYPE) && !request.has(MessageIntegritySha256.TYPE)) {
            throw new StunException(401, "no credentials");
        }
    }

    /** "is missing either the USERNAME or USERHASH, REALM, or NONCE": 400. */
    private static void requireCredentials(StunMessage request) {
        if (!request.has(UserHash.TYPE)) {
            request.require(Username.TYPE);
        }
        request.require(Realm.TYPE);
        request.require(Nonce.TYPE);
    }

    /** "NONCE starts with the nonce cookie": neither attribute means MD5, else both must be as offered, or 400. */
    private static PasswordAlgorithm chosenAlgorithm(StunMessage request) {
        PasswordAlgorithm chosen = request.find(PasswordAlgorithm.TYPE);
        PasswordAlgorithms echoed = request.find(PasswordAlgorithms.TYPE);
        if (chosen == null && echoed == null) {
            return PasswordAlgorithm.MD5;
        }
        if (chosen == null || !OFFERED.equals(echoed) || !OFFERED.offered().contains(chosen)) {
            throw StunException.badRequest("password algorithms are not those that were offered");
        }
        return chosen;
    }

    /** "NONCE is no longer valid": 438, here and not last; see the class comment. */
    private void requireNonce(StunMessage request, List<InetSocketAddress> sources) {
        String nonce = request.require(Nonce.TYPE).value();
        if (sources.stream().noneMatch(source -> nonces.isValid(nonce, source))) {
            throw new StunException(438, "stale nonce");
        }
    }

    /** The name in clear; USERHASH is looked up. A hash that nobody knows is a name that nobody has. */
    private String username(StunMessage request, @Nullable User remembered) {
        Username clear = request.find(Username.TYPE);
        if (clear != null) {
            return clear.value();
        }
        UserHash hash = request.require(UserHash.TYPE);
        if (remembered != null && hash.equals(UserHash.of(remembered.name(), realm))) {
            return remembered.name();
        }
        String name = keys.findName(hash);
        return name == null ? "" : name;
    }

    private CompletableFuture<Authenticated> identify(
            StunMessage request, String username, PasswordAlgorithm algorithm, Bearings bearings) {
        User remembered = bearings.remembered();
        if (remembered == null || !remembered.name().equals(username)) {
            return find(username, bearings).thenApply(answer -> verify(request, username, algorithm, answer));
        }
        KeyAnswer ownKeys = new KeyAnswer.Known(List.of(remembered.keys()), remembered.account());
        if (!bearings.recheck()) {
            return CompletableFuture.completedFuture(verify(request, username, algorithm, ownKeys));
        }
        return recheck(request, remembered, bearings).thenApply(answer -> {
            Authenticated owner =
                    verify(request, username, algorithm, answer instanceof KeyAnswer.Known ? answer : ownKeys);
            boolean gone = answer instanceof KeyAnswer.Unknown || answer instanceof KeyAnswer.Ended;
            return gone ? new Authenticated(owner.user(), owner.seal(), true) : owner;
        });
    }

    /** Before anything is proved, so every source has a share of what may be asked; an owner's newer name may be spared it. */
    private CompletableFuture<KeyAnswer> find(String username, Bearings bearings) {
        CompletableFuture<KeyAnswer> answer = lookUps.ask(bearings.source(), () -> keys.find(username));
        if (answer != null) {
            return answer;
        }
        User owner = bearings.remembered();
        if (owner != null
                && EphemeralUsers.account(username).equals(owner.account())
                && bearings.spareName().getAsBoolean()) {
            return keys.find(username);
        }
        throw new TooManyLookUps();
    }

    /**
     * An owner is neither refused for what others of his network do nor, by using up its share, served without the question:
     * past the share he is asked for as often as he may be, and beyond that he stays without an answer.
     */
    private CompletableFuture<KeyAnswer> recheck(StunMessage request, User owner, Bearings bearings) {
        CompletableFuture<KeyAnswer> answer = lookUps.ask(bearings.source(), () -> keys.find(owner.name()));
        if (answer != null) {
            return answer;
        }
        boolean proved = isSealedWith(request, owner.keys());
        if (proved
                ? bearings.spareRecheck().getAsBoolean()
                : bearings.spareName().getAsBoolean()) {
            return keys.find(owner.name());
        }
        throw new TooManyLookUps();
    }

    /** "USERNAME or USERHASH is not valid": 401; then the integrity, by the stronger algorithm if both are there: 401. */
    private static Authenticated verify(
            StunMessage request, String username, PasswordAlgorithm algorithm, KeyAnswer answer) {
        if (answer instanceof KeyAnswer.Unavailable) {
            throw new StunException(500, "keys of '%s' cannot be looked up now".formatted(username));
        }
        boolean sha256 = request.has(MessageIntegritySha256.TYPE);
        if (answer instanceof KeyAnswer.Known known) {
            for (LongTermKeys keys : known.candidates()) {
                byte[] key = keys.find(algorithm);
                if (key != null && integrityIsRight(request, key, sha256)) {
                    String account = known.account() == null ? username : known.account();
                    return new Authenticated(new User(username, account, keys), new Seal(key, sha256), false);
                }
            }
        } else {
            boolean unused = integrityIsRight(request, NOBODYS_KEY, sha256);
        }
        throw new StunException(401, "unknown user '%s' or wrong password".formatted(username));
    }

    /** Whether the message is sealed with a key of these, of either algorithm; its nonce does not matter. */
    public static boolean isSealedWith(StunMessage message, LongTermKeys keys) {
        boolean sha256 = message.has(MessageIntegritySha256.TYPE);
        return OFFERED.offered().stream()
                .map(keys::find)
                .anyMatch(key -> key != null && integrityIsRight(message, key, sha256));
    }

    private static boolean integrityIsRight(StunMessage request, byte[] key, boolean sha256) {
        return sha256 ? request.integritySha256IsRight(key) : request.integrityIsRight(key);
    }
}
