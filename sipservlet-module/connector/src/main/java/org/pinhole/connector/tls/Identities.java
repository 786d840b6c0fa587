package org.pinhole.connector.tls;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of one connector, the first of which is for whoever asks for no name or an unknown one. For one name an
 * RSA and an EC certificate may stand side by side: EC, which costs less, is for the clients that can verify it.
 */
final class Identities {
    private final List<ServerIdentity> identities;

    Identities(List<ServerIdentity> identities) {
        this.identities = Collections.unmodifiableList(new ArrayList<>(identities));
    }

    List<ServerIdentity> all() {
        return identities;
    }

    /** Never fails: an unknown name is no reason for an alert. */
    ServerIdentity choose(ClientHello hello) {
        List<ServerIdentity> candidates = named(hello.host());
        ServerIdentity suitable = null;
        for (ServerIdentity candidate : candidates) {
            boolean better = suitable == null
                    || (candidate.kind().isEc() && !suitable.kind().isEc());
            if (better && candidate.kind().suits(hello)) {
                suitable = candidate;
            }
        }
        return suitable == null ? candidates.get(0) : suitable;
    }

    private List<ServerIdentity> named(@Nullable String host) {
        List<ServerIdentity> exact = new ArrayList<>();
        List<ServerIdentity> wildcard = new ArrayList<>();
        List<ServerIdentity> first = new ArrayList<>();
        for (ServerIdentity identity : identities) {
            if (host != null && identity.names().contains(host)) {
                exact.add(identity);
            } else if (host != null && identity.names().contains(parentOf(host))) {
                wildcard.add(identity);
            }
            if (identity.names().equals(identities.get(0).names())) {
                first.add(identity);
            }
        }
        return !exact.isEmpty() ? exact : (!wildcard.isEmpty() ? wildcard : first);
    }

    /** The wildcard that stands for this name: of one label, the leftmost. */
    private static String parentOf(String host) {
        int dot = host.indexOf('.');
        return dot < 1 ? "" : "*" + host.substring(dot);
    }
}
