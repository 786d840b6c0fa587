package org.pinhole.app.digest;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What wrong passwords for a user are counted under. A data base may find one user by many spellings of his name, with other
 * capitals, accents or blanks at the end, and each of them would be worth another ten guesses; so all spellings are one
 * account, whether such a user exists or not. Where clients may hash the name, it is the hash, for names in clear as well and
 * whatever the algorithm of their answer: whether the two lead to one counter must not tell who exists. So the hash of a name
 * with capitals counts apart from that name in clear: of which name it is the hash, the stores alone could tell. Pure.
 */
final class Account {
    /** Marks that a letter bears, and what nobody sees; a data base may leave both out of account. */
    private static final Pattern NOT_SEEN = Pattern.compile("[\\p{M}\\p{C}]+");

    private Account() {}

    /** The account that these credentials name. */
    static String of(DigestCredentials credentials, DigestPolicy policy, String realm) {
        if (!policy.userhash()) {
            return folded(credentials.username()) + ' ' + realm;
        }
        return credentials.userhash()
                ? credentials.username().toLowerCase(Locale.ROOT)
                : policy.algorithms().get(0).hash(folded(credentials.username()) + ":" + realm);
    }

    /** One form for all spellings of a name. */
    static String folded(String name) {
        if (isPlain(name)) {
            return name.toLowerCase(Locale.ROOT).trim();
        }
        String seen = NOT_SEEN.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD))
                .replaceAll("");
        return seen.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).trim(); // both ways: a sharp s is two of them
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < ' ' || name.charAt(i) >= 0x7F) {
                return false;
            }
        }
        return true;
    }
}
