package org.pinhole.bridge;

/** Who can tell users apart, for the whole container: application pinhole, while it is deployed. Safe for any thread. */
public interface DigestVerifier {
    /** Looks at a request's credentials. May wait for a store of users, a few seconds at most. */
    DigestAnswer verify(DigestQuestion question);
}
