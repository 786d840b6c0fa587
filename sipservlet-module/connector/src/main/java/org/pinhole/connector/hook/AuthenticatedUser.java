package org.pinhole.connector.hook;

/** A user who has proved himself. Immutable. */
final class AuthenticatedUser {
    private final String user;
    private final String realm;

    AuthenticatedUser(String user, String realm) {
        this.user = user;
        this.realm = realm;
    }

    String user() {
        return user;
    }

    String realm() {
        return realm;
    }
}
