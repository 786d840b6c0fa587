package org.pinhole.suite.sipp;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lines of a credentials file for many users at once; {@code pinhole user add} makes the same ones, one at a time. */
final class Users {
    private Users() {}

    static List<String> named(String prefix, int count, String realm, String password) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> prefix + number)
                .flatMap(user -> Stream.of(
                        user + ":" + realm + ":" + ha1("MD5", user, realm, password),
                        user + ":" + realm + ":" + ha1("SHA-256", user, realm, password) + ":SHA-256"))
                .toList();
    }

    private static String ha1(String algorithm, String user, String realm, String password) {
        try {
            byte[] secret = (user + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(secret));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }
}
