package org.pinhole.app.chain;

/** A user of a realm, authenticated. Immutable. */
public final class Identity {
    private final String user;
    private final String realm;

    private Identity(String user, String realm) {
        this.user = user;
        this.realm = realm;
    }

    /**
     * The user that credentials name. A name that repeats the realm, as the private identities of IMS do ({@code
     * alice@pinhole.test} in the realm {@code pinhole.test}), is the user without it.
     */
    public static Identity of(String username, String realm) {
        int at = username.length() - realm.length() - 1;
        boolean repeatsRealm =
                at >= 0 && username.charAt(at) == '@' && username.regionMatches(true, at + 1, realm, 0, realm.length());
        return new Identity(repeatsRealm ? username.substring(0, at) : username, realm);
    }

    /** The user's name, as in the user part of an address-of-record, unescaped. */
    public String user() {
        return user;
    }

    /** The realm, which is the domain. */
    public String realm() {
        return realm;
    }

    /** The address-of-record as a SIP URI. */
    public String uri() {
        return "sip:" + SipUri.escapeUser(user) + "@" + realm;
    }
}
