package org.pinhole.app.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pinhole.app.chain.HeaderText;

/** The challenges of one realm: one header field per algorithm, in the server's order (RFC 8760 §2.4). */
final class Challenge {
    private final String beginning;
    private final List<String> ends;

    Challenge(String realm, DigestPolicy policy) {
        String qops = policy.qops().stream().map(Qop::token).collect(Collectors.joining(","));
        String qop = ", qop=\"" + qops + "\"";
        this.beginning = "Digest realm=" + HeaderText.quote(realm) + ", nonce=\"";
        this.ends = policy.algorithms().stream()
                .map(algorithm -> "\", algorithm=" + algorithm.token() + qop
                        + (policy.takesHashedNames(algorithm) ? ", userhash=true" : ""))
                .collect(Collectors.toList());
    }

    /** The header values; {@code stale} tells the client that its password was right. */
    List<String> headers(String nonce, boolean stale) {
        List<String> headers = new ArrayList<>(ends.size());
        for (String end : ends) {
            headers.add(beginning + nonce + end + (stale ? ", stale=true" : ""));
        }
        return headers;
    }
}
