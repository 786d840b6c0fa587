package org.pinhole.admin.user;

import org.jspecify.annotations.Nullable;

/** One line of the file: {@code user:realm:MD5HEX} or {@code user:realm:HEX:ALGORITHM}, such as SHA-256. */
final class UserLine {
    private final String user;
    private final String realm;
    private final Ha1 ha1;

    private UserLine(String user, String realm, Ha1 ha1) {
        this.user = user;
        this.realm = realm;
        this.ha1 = ha1;
    }

    static UserLine of(String user, String realm, Ha1 ha1) {
        return new UserLine(user, realm, ha1);
    }

    /**
     * Null for a comment or an empty line; anything else that is not a user is an IllegalArgumentException. Reads what the
     * server reads (CredentialsFile in pinhole.war), blanks around a line left out.
     */
    static @Nullable UserLine parse(String text) {
        String line = text.trim();
        if (line.isEmpty() || line.startsWith("#")) {
            return null;
        }
        String[] fields = line.split(":", -1);
        if (fields.length < 3 || fields.length > 4 || fields[0].isEmpty() || fields[1].isEmpty()) {
            throw new IllegalArgumentException("user:realm:hash or user:realm:hash:ALGORITHM expected");
        }
        return of(fields[0], fields[1], Ha1.ofHex(algorithm(fields), fields[2]));
    }

    private static Ha1.Algorithm algorithm(String[] fields) {
        String token = fields.length == 3 ? "MD5" : fields[3];
        Ha1.Algorithm algorithm = Ha1.Algorithm.find(token);
        if (algorithm == null) {
            throw new IllegalArgumentException("algorithm " + token + ": MD5, SHA-256 or SHA-512-256 expected");
        }
        return algorithm;
    }

    String user() {
        return user;
    }

    String realm() {
        return realm;
    }

    Ha1 ha1() {
        return ha1;
    }

    boolean isOf(String otherUser, String otherRealm) {
        return user.equals(otherUser) && realm.equals(otherRealm);
    }

    /** As it stands in the file. */
    String text() {
        String line = user + ":" + realm + ":" + ha1.hex();
        return ha1.algorithm() == Ha1.Algorithm.MD5
                ? line
                : line + ":" + ha1.algorithm().token();
    }
}
