package org.pinhole.app.credentials;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * The last line of a user, realm and algorithm holds. A user may use the algorithms that have a line, no others. Immutable.
 */
final class CredentialsFile {
    private final Map<String, String> ha1s;
    private final Map<String, Set<String>> usersByRealm;
    /** Users by the hash of their name, for each realm and algorithm that was ever asked for. */
    private final Map<String, Map<String, String>> usersByHash = new ConcurrentHashMap<>();

    private CredentialsFile(Map<String, String> ha1s, Map<String, Set<String>> usersByRealm) {
        this.ha1s = ha1s;
        this.usersByRealm = usersByRealm;
    }

    /**
     * Reads the lines of a file.
     *
     * @throws CredentialsFileException when a line is malformed; the message names the line, never its content
     */
    static CredentialsFile parse(List<String> lines) {
        Map<String, String> ha1s = new HashMap<>();
        Map<String, Set<String>> users = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).trim();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                read(line, i + 1, ha1s, users);
            }
        }
        return new CredentialsFile(ha1s, users);
    }

    private static void read(String line, int number, Map<String, String> ha1s, Map<String, Set<String>> users) {
        String[] fields = line.split(":", -1);
        if (fields.length < 3 || fields.length > 4 || fields[0].isEmpty() || fields[1].isEmpty()) {
            throw new CredentialsFileException(number, "user:realm:HEX or user:realm:HEX:ALGORITHM expected");
        }
        HashFunction algorithm = HashFunction.find(fields.length == 3 ? "MD5" : fields[3]);
        if (algorithm == null) {
            throw new CredentialsFileException(number, "the algorithm is none of MD5, SHA-256, SHA-512-256");
        }
        if (!algorithm.isHash(fields[2])) {
            throw new CredentialsFileException(
                    number, algorithm.hexLength() + " hexadecimal digits expected for " + algorithm.token());
        }
        ha1s.put(key(fields[0], fields[1], algorithm.token()), fields[2].toLowerCase(Locale.ROOT));
        users.computeIfAbsent(fields[1], realm -> new LinkedHashSet<>()).add(fields[0]);
    }

    private static String key(String user, String realm, String algorithm) {
        return user + ":" + realm + ":" + algorithm;
    }

    @Nullable
    String findHa1(String user, String realm, String algorithm) {
        return user.indexOf(':') >= 0 ? null : ha1s.get(key(user, realm, algorithm));
    }

    /** The user of that realm whose name, hashed, is this (RFC 7616 §3.4.4). */
    @Nullable
    String findUser(String userhash, String realm, String algorithm) {
        HashFunction function = HashFunction.find(algorithm);
        Set<String> users = usersByRealm.get(realm);
        if (function == null || users == null) {
            return null;
        }
        return usersByHash
                .computeIfAbsent(function + ":" + realm, first -> hashed(users, realm, function))
                .get(userhash.toLowerCase(Locale.ROOT));
    }

    private static Map<String, String> hashed(Set<String> users, String realm, HashFunction function) {
        Map<String, String> byHash = new HashMap<>();
        users.forEach(user -> byHash.put(function.hash(user + ":" + realm), user));
        return byHash;
    }

    int size() {
        return ha1s.size();
    }
}
