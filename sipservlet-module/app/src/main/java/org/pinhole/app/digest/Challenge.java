package org.pinhole.app.digest;

import java.util.List;
import java.util.stream.Collectors;
import org.pinhole.app.chain.HeaderText;

/** The challenges of one realm: one header field per algorithm, in the server's order (RFC 8760 §2.4). */
final class Challenge {
    private final String realm;
    private final DigestPolicy policy;

    Challenge(String realm, DigestPolicy policy) {
        this.realm = realm;
        this.policy = policy;
    }

    /** The header values; {@code stale} tells the client that its password was right. */
    List<String> headers(String nonce, boolean stale) {
        return policy.algorithms().stream()
                .map(algorithm -> header(algorithm, nonce, stale))
                .collect(Collectors.toList());
    }

    private String header(DigestAlgorithm algorithm, String nonce, boolean stale) {
        String qops = policy.qops().stream().map(Qop::token).collect(Collectors.joining(","));
        return "Digest realm=" + HeaderText.quote(realm) + ", nonce=\"" + nonce + "\", algorithm=" + algorithm.token()
                + ", qop=\"" + qops + "\"" + (policy.userhash() ? ", userhash=true" : "")
                + (stale ? ", stale=true" : "");
    }
}
