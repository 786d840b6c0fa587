package org.pinhole.suite.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** Alice and Bob, with passwords made for this run. Never printed; they are in files of mode 0600. */
final class DemoUsers {
    static final String DOMAIN = "pinhole.test";
    static final String ALICE = "alice";
    static final String BOB = "bob";
    private static final int PASSWORD_OCTETS = 15;

    private final String alicePassword;
    private final String bobPassword;

    private DemoUsers(String alicePassword, String bobPassword) {
        this.alicePassword = alicePassword;
        this.bobPassword = bobPassword;
    }

    static DemoUsers random(SecureRandom random) {
        return new DemoUsers(password(random), password(random));
    }

    String alicePassword() {
        return alicePassword;
    }

    String bobPassword() {
        return bobPassword;
    }

    /** Where a password lies for {@code bin/pinhole ue --password-file}. */
    static Path passwordFile(Path work, String user) {
        return work.resolve(user + ".password");
    }

    void writePasswordFiles(Path work) throws IOException {
        SecretFile.write(passwordFile(work, ALICE), alicePassword + "\n");
        SecretFile.write(passwordFile(work, BOB), bobPassword + "\n");
    }

    private static String password(SecureRandom random) {
        byte[] octets = new byte[PASSWORD_OCTETS];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    @Override
    public String toString() {
        return "alice and bob";
    }
}
