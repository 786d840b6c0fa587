package org.pinhole.app.digest;

import java.util.List;
import java.util.stream.Collectors;
import org.pinhole.app.chain.HeaderText;

/** The challenges of one realm: one header field per algorithm, in the server's order (RFC 8760 §2.4). */
final class Challenge {
    private final String realm;
    private final List<DigestAlgorithm> algorithms;

    Challenge(String realm, List<DigestAlgorithm> algorithms) {
        this.realm = realm;
        this.algorithms = algorithms;
    }

    /** The header values; {@code stale} tells the client that its password was right. */
    List<String> headers(String nonce, boolean stale) {
        return algorithms.stream()
                .map(algorithm -> header(algorithm, nonce, stale))
                .collect(Collectors.toList());
    }

    private String header(DigestAlgorithm algorithm, String nonce, boolean stale) {
        return "Digest realm=" + HeaderText.quote(realm) + ", nonce=\"" + nonce + "\", algorithm=" + algorithm.token()
                + ", qop=\"auth\"" + (stale ? ", stale=true" : "");
    }
}
