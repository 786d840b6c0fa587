package org.pinhole.ue.ice;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** A user fragment and its password (RFC 8445 §5.3), valid for one session. Never printed whole. */
public record IceCredentials(String fragment, String password) {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** New ones: 48 and 144 bits, where 24 and 128 are asked for. */
    public static IceCredentials random(RandomGenerator random) {
        return new IceCredentials(letters(random, 8), letters(random, 24));
    }

    private static String letters(RandomGenerator random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    byte[] key() {
        return password.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ICE credentials of " + fragment;
    }
}
