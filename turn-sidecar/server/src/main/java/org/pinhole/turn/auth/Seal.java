package org.pinhole.turn.auth;

import org.pinhole.stun.StunEncoder;

/** How the answer to an authenticated request is protected: by the key and the algorithm that the request used. */
public final class Seal {
    private final byte[] key;
    private final boolean sha256;

    Seal(byte[] key, boolean sha256) {
        this.key = key;
        this.sha256 = sha256;
    }

    public void apply(StunEncoder answer) {
        if (sha256) {
            answer.integritySha256(key);
        } else {
            answer.integrity(key);
        }
    }

    @Override
    public String toString() {
        return sha256 ? "seal with SHA-256" : "seal with SHA-1";
    }
}
