package org.pinhole.app.digest;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a credentials file, as htdigest writes it and a little more: one H(A1) a line,
 *
 * <pre>
 * user:realm:HEX               MD5
 * user:realm:HEX:ALGORITHM     such as SHA-256
 * # a comment; empty lines count for nothing
 * </pre>
 *
 * The last line of a user, realm and algorithm holds. Immutable.
 */
final class CredentialsFile {
    private final Map<String, String> ha1s;

    private CredentialsFile(Map<String, String> ha1s) {
        this.ha1s = ha1s;
    }

    /**
     * Reads the lines of a file.
     *
     * @throws CredentialsFileException when a line is malformed; the message names the line, never its content
     */
    static CredentialsFile parse(List<String> lines) {
        Map<String, String> ha1s = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).trim();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                read(line, i + 1, ha1s);
            }
        }
        return new CredentialsFile(ha1s);
    }

    private static void read(String line, int number, Map<String, String> ha1s) {
        String[] fields = line.split(":", -1);
        if (fields.length < 3 || fields.length > 4 || fields[0].isEmpty() || fields[1].isEmpty()) {
            throw new CredentialsFileException(number, "user:realm:HEX or user:realm:HEX:ALGORITHM expected");
        }
        DigestAlgorithm algorithm = DigestAlgorithm.find(fields.length == 3 ? "MD5" : fields[3]);
        if (algorithm == null) {
            throw new CredentialsFileException(number, "the algorithm is none of MD5, SHA-256, SHA-512-256");
        }
        String hex = fields[2].toLowerCase(Locale.ROOT);
        if (hex.length() != algorithm.hexLength() || !isHex(hex)) {
            throw new CredentialsFileException(
                    number, algorithm.hexLength() + " hexadecimal digits expected for " + algorithm.token());
        }
        ha1s.put(key(fields[0], fields[1], algorithm.token()), hex);
    }

    private static boolean isHex(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static String key(String user, String realm, String algorithm) {
        return user + ":" + realm + ":" + algorithm;
    }

    @Nullable
    String findHa1(String user, String realm, String algorithm) {
        return user.indexOf(':') >= 0 ? null : ha1s.get(key(user, realm, algorithm));
    }

    int size() {
        return ha1s.size();
    }
}
