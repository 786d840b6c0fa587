package org.pinhole.api.spi;

/** One key of flow tokens: its number, by which a token names it, and its secret. Immutable. */
public final class FlowTokenKey {
    /** The highest number that there is. */
    public static final int MAX_ID = 255;
    /** The shortest secret, in octets. */
    public static final int MIN_SECRET = 16;

    private final int id;
    private final byte[] secret;

    /**
     * A key.
     *
     * @param id 0 to {@value #MAX_ID}
     * @param secret random octets, {@value #MIN_SECRET} at least; copied
     * @throws IllegalArgumentException when either is out of range
     */
    public FlowTokenKey(int id, byte[] secret) {
        if (id < 0 || id > MAX_ID || secret.length < MIN_SECRET) {
            throw new IllegalArgumentException("a key id of 0 to " + MAX_ID + " and a secret of " + MIN_SECRET
                    + " octets at least expected, not " + id + " and " + secret.length);
        }
        this.id = id;
        this.secret = secret.clone();
    }

    /** Its number. */
    public int id() {
        return id;
    }

    /** A copy of its secret. */
    public byte[] secret() {
        return secret.clone();
    }

    /** Its number only. */
    @Override
    public String toString() {
        return "flow token key " + id;
    }
}
