package org.pinhole.admin.user;

import org.pinhole.admin.file.AdminException;

/** What may stand between the colons of a user line. */
final class UserName {
    private UserName() {}

    /** The value, or one line that says what is wrong with it. */
    static String check(String what, String value) {
        if (value.isEmpty() || !value.equals(value.trim()) || value.startsWith("#")) {
            throw new AdminException(
                    what + " '" + value + "': must not be empty, start with # or have blanks around it");
        }
        if (value.indexOf(':') >= 0 || value.chars().anyMatch(Character::isISOControl)) {
            throw new AdminException(what + ": must not contain a colon or a control character");
        }
        return value;
    }

    /** Refuses NAME@REALM: a phone whose credentials say NAME would not be found. */
    static String withoutRealm(String user, String realm) {
        int at = user.length() - realm.length() - 1;
        if (at > 0 && user.charAt(at) == '@' && user.regionMatches(true, at + 1, realm, 0, realm.length())) {
            throw new AdminException("user " + user + ": give the name alone, " + user.substring(0, at)
                    + "; the realm is " + realm + " already");
        }
        return user;
    }
}
