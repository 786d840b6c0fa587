package org.pinhole.app.digest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What a realm offers its clients, and so all that it takes from them. Immutable. */
public final class DigestPolicy {
    private final List<DigestAlgorithm> algorithms;
    private final List<Qop> qops;
    private final boolean userhash;

    private DigestPolicy(List<DigestAlgorithm> algorithms, List<Qop> qops, boolean userhash) {
        this.algorithms = Collections.unmodifiableList(new ArrayList<>(algorithms));
        this.qops = Collections.unmodifiableList(new ArrayList<>(qops));
        this.userhash = userhash;
    }

    /** These algorithms in the server's order of preference, with {@code qop=auth} and names in clear. */
    public static DigestPolicy of(DigestAlgorithm... algorithms) {
        return of(Arrays.asList(algorithms));
    }

    /** The same. */
    public static DigestPolicy of(List<DigestAlgorithm> algorithms) {
        return new DigestPolicy(algorithms, Collections.singletonList(Qop.AUTH), false);
    }

    /** The same with these qualities of protection. */
    public DigestPolicy with(List<Qop> otherQops) {
        return new DigestPolicy(algorithms, otherQops, userhash);
    }

    /** The same, with hashed user names or without (RFC 7616 §3.4.4). */
    public DigestPolicy withUserhash(boolean offered) {
        return new DigestPolicy(algorithms, qops, offered);
    }

    /** In the server's order of preference; never empty. */
    public List<DigestAlgorithm> algorithms() {
        return algorithms;
    }

    /** The qualities of protection; never empty. */
    public List<Qop> qops() {
        return qops;
    }

    /** Whether a client may send the hash of its user's name. */
    public boolean userhash() {
        return userhash;
    }

    /** Whether it may beside an answer by this algorithm: by one hash function only, or a user had an account for each. */
    boolean takesHashedNames(DigestAlgorithm algorithm) {
        return userhash && algorithm.function() == algorithms.get(0).function();
    }
}
