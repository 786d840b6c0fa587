package org.pinhole.bench.server;

import java.util.List;

/** The kinds of server key that are compared. */
public enum KeyKind {
    RSA_2048("RSA-2048", "-keyalg RSA -keysize 2048"),
    P_256("P-256", "-keyalg EC -groupname secp256r1");

    private final String title;
    private final String keytool;

    KeyKind(String title, String keytool) {
        this.title = title;
        this.keytool = keytool;
    }

    /** As it stands in the tables. */
    public String title() {
        return title;
    }

    List<String> keytool() {
        return List.of(keytool.split(" ", -1));
    }
}
