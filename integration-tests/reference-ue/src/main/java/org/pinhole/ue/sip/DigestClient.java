package org.pinhole.ue.sip;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers challenges and counts how often a nonce was used. One per protection space; lives on the UE's loop. */
final class DigestClient {
    private final Credentials credentials;
    private final Supplier<String> cnonces;
    private @Nullable Challenge current;
    private int count;

    DigestClient(Credentials credentials, Supplier<String> cnonces) {
        this.credentials = credentials;
        this.cnonces = cnonces;
    }

    /** Every Digest challenge of a 401 or 407, in the server's order of preference (D-1). */
    static List<Challenge> challenges(SipResponse response) {
        String name = response.status() == 407 ? "Proxy-Authenticate" : "WWW-Authenticate";
        return response.headers().all(name).stream()
                .map(Challenge::parse)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Takes the topmost challenge that we can answer; false when there is none. */
    boolean accept(List<Challenge> challenges) {
        for (Challenge challenge : challenges) {
            if (challenge.answerable()) {
                current = challenge;
                count = 0;
                return true;
            }
        }
        return false;
    }

    /** An answer for this request from what the server last said, or null before it said anything. */
    @Nullable
    DigestAnswer answer(String method, String uri) {
        Challenge challenge = current;
        DigestAlgorithm algorithm = challenge == null ? null : challenge.algorithm();
        if (challenge == null || algorithm == null) {
            return null;
        }
        return new DigestAnswer(challenge, algorithm, credentials, method, uri, ++count, cnonces.get());
    }

    /** Goes on with the nonce that the server asked us to use next (D-9). */
    void follow(@Nullable String authenticationInfo) {
        Challenge challenge = current;
        String next = authenticationInfo == null
                ? null
                : AuthParams.parse(authenticationInfo).find("nextnonce");
        if (challenge == null || next == null) {
            return;
        }
        current = new Challenge(
                challenge.realm(), next, challenge.opaque(), challenge.algorithmToken(), challenge.qop(), false);
        count = 0;
    }
}
