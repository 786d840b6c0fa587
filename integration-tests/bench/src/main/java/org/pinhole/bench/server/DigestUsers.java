package org.pinhole.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The users that phones register as, in the forms in which each contestant keeps them. All have one password. */
public final class DigestUsers {
    /** Their domain. */
    public static final String REALM = "bench.test";

    private static final String PASSWORD = "wonderland";
    private static final int COUNT = 1000;

    private DigestUsers() {}

    /** The user of that phone. */
    public static String name(int number) {
        return "u" + number % COUNT + "x0";
    }

    /** Everybody's. */
    public static String password() {
        return PASSWORD;
    }

    /** A credentials file of Pinhole's. */
    public static void writeHashes(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int number = 0; number < COUNT; number++) {
            String user = name(number) + ":" + REALM + ":";
            lines.add(user + hash("MD5", user + PASSWORD));
            lines.add(user + hash("SHA-256", user + PASSWORD) + ":SHA-256");
            lines.add(user + hash("SHA-512/256", user + PASSWORD) + ":SHA-512-256");
        }
        Files.write(file, lines);
    }

    /** Tomcat's own file, with the role that the application asks for. */
    static void writeTomcats(Path file) throws IOException {
        StringBuilder users = new StringBuilder("<?xml version='1.0' encoding='utf-8'?>\n<tomcat-users>\n");
        for (int number = 0; number < COUNT; number++) {
            users.append(
                    "  <user username=\"%s\" password=\"%s\" roles=\"caller\"/>\n".formatted(name(number), PASSWORD));
        }
        Files.writeString(file, users.append("</tomcat-users>\n"));
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
