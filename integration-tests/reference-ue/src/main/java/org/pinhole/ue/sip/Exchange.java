package org.pinhole.ue.sip;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.digest.Challenge;
import org.pinhole.ue.digest.DigestAlgorithm;

/**
 * What it took to get a final answer: the challenges met on the way, in order, and the response they led to.
 *
 * @param challenged the 401 and 407 responses that were answered with credentials, oldest first
 * @param algorithm the hash that was used, or null when nobody asked for credentials
 * @param response the final response
 * @param serverProved whether rspauth showed that the server knows the secret; null when it did not try
 */
public record Exchange(
        List<SipResponse> challenged,
        @Nullable DigestAlgorithm algorithm,
        SipResponse response,
        @Nullable Boolean serverProved) {
    public Exchange {
        challenged = List.copyOf(challenged);
    }

    /** The challenges of the first 401 or 407, in the server's order; empty when there was none. */
    public List<Challenge> offered() {
        return challenged.isEmpty() ? List.of() : challenged.get(0).challenges();
    }
}
