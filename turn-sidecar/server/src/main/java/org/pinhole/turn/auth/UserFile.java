package org.pinhole.turn.auth;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.pinhole.stun.LongTermKeys;

/**
 * The user file that SIP and TURN share: one line per user and algorithm, {@code #} starts a comment.
 *
 * <pre>
 * alice:example.com:MD5HEX
 * alice:example.com:SHA256HEX:SHA-256
 * </pre>
 *
 * Lines of another realm, or of an algorithm that TURN does not have, are another plane's and are left alone.
 */
public final class UserFile {
    private static final int MD5_BYTES = 16;
    private static final int SHA256_BYTES = 32;

    private UserFile() {}

    /** The users of one realm. A line that is none is an {@link IllegalArgumentException} that names its number. */
    public static Map<String, LongTermKeys> parse(List<String> lines, String realm) {
        Map<String, LongTermKeys> users = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(users, line, i + 1, realm);
            }
        }
        return users;
    }

    private static void add(Map<String, LongTermKeys> users, String line, int number, String realm) {
        List<String> parts = Arrays.asList(line.split(":", -1));
        if (parts.size() < 3 || parts.size() > 4 || parts.get(0).isEmpty()) {
            throw malformed(number);
        }
        String algorithm = parts.size() == 3 ? "MD5" : parts.get(3);
        if (!parts.get(1).equals(realm)) {
            return;
        }
        LongTermKeys old = users.getOrDefault(parts.get(0), LongTermKeys.ofHashes(null, null));
        switch (algorithm) {
            case "MD5" -> users.put(parts.get(0), old.withMd5(hash(parts.get(2), MD5_BYTES, number)));
            case "SHA-256" -> users.put(parts.get(0), old.withSha256(hash(parts.get(2), SHA256_BYTES, number)));
            default -> {}
        }
    }

    private static byte[] hash(String hex, int bytes, int line) {
        try {
            byte[] hash = HexFormat.of().parseHex(hex);
            if (hash.length == bytes) {
                return hash;
            }
        } catch (IllegalArgumentException e) {
            // told below, without the hash in it
        }
        throw malformed(line);
    }

    private static IllegalArgumentException malformed(int line) {
        return new IllegalArgumentException(
                "line %d: expected user:realm:MD5HEX or user:realm:SHA256HEX:SHA-256".formatted(line));
    }
}
