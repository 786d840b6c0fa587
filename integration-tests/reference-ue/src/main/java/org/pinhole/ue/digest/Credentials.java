package org.pinhole.ue.digest;

/** Who we are to the registrar, and the secret that proves it. Prints its user only. */
public final class Credentials {
    private final String user;
    private final String password;

    private Credentials(String user, String password) {
        this.user = user;
        this.password = password;
    }

    public static Credentials of(String user, String password) {
        return new Credentials(user, password);
    }

    public String user() {
        return user;
    }

    /** H(A1) of RFC 7616 §3.4.2. A secret. */
    String ha1(DigestAlgorithm algorithm, String realm) {
        return algorithm.hash(user + ":" + realm + ":" + password);
    }

    @Override
    public String toString() {
        return "credentials of " + user;
    }
}
