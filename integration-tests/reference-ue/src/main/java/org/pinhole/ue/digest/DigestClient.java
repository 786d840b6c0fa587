package org.pinhole.ue.digest;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers challenges and counts how often a nonce was used. One per protection space; not for more than one thread. */
public final class DigestClient {
    private final Credentials credentials;
    private final Supplier<String> cnonces;
    private final boolean counting;
    private @Nullable Challenge current;
    private @Nullable DigestSession session;
    private int count;

    public DigestClient(Credentials credentials, Supplier<String> cnonces) {
        this(credentials, cnonces, true);
    }

    /**
     * The same, to see what a server does about it: one that does not count.
     *
     * @param counting whether nc goes up with each use of a nonce; false leaves it at 1
     */
    public DigestClient(Credentials credentials, Supplier<String> cnonces, boolean counting) {
        this.counting = counting;
        this.credentials = credentials;
        this.cnonces = cnonces;
    }

    /** Takes the topmost challenge that we can answer, for the server has put them in its order (D-1); false if there is none. */
    public boolean accept(List<Challenge> challenges) {
        for (Challenge challenge : challenges) {
            if (challenge.answerable()) {
                current = challenge;
                session = null;
                count = 0;
                return true;
            }
        }
        return false;
    }

    /** An answer for this request from what the server last said, or null before it said anything. */
    @Nullable
    public DigestAnswer answer(DigestRequest request) {
        Challenge challenge = current;
        DigestAlgorithm algorithm = challenge == null ? null : challenge.algorithm();
        Qop qop = challenge == null ? null : Qop.choose(challenge.qop());
        if (challenge == null || algorithm == null || qop == null) {
            return null;
        }
        String cnonce = cnonces.get();
        DigestSession begun = session == null ? new DigestSession(challenge.nonce(), cnonce) : session;
        session = begun;
        return new DigestAnswer(challenge, algorithm, qop, credentials, begun, request, nextCount(), cnonce);
    }

    private int nextCount() {
        count = counting ? count + 1 : 1;
        return count;
    }

    /** Goes on with the nonce that the server asked us to use next (D-9); a session's A1 stays what it was (D-10). */
    public void follow(@Nullable String authenticationInfo) {
        Challenge challenge = current;
        String next = authenticationInfo == null
                ? null
                : AuthParams.parse(authenticationInfo).find("nextnonce");
        if (challenge == null || next == null) {
            return;
        }
        current = challenge.withNonce(next);
        count = 0;
    }
}
