package org.pinhole.app;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The client's side of Digest, written from the RFC and not from our server. */
public final class Phone {
    private final String user;
    private final String password;
    private final String cnonce = "f2wE4q74E6zIJEtW";

    public Phone(String user, String password) {
        this.user = user;
        this.password = password;
    }

    public static Phone alice() {
        return new Phone("alice", "wonderland");
    }

    /** Credentials for the topmost of these challenges. */
    public String answer(List<String> challenges, String method, String uri, int nc) {
        return answer(challenges.get(0), method, uri, nc);
    }

    public String answer(String challenge, String method, String uri, int nc) {
        String realm = parameter(challenge, "realm");
        String nonce = parameter(challenge, "nonce");
        String algorithm = parameter(challenge, "algorithm");
        String count = String.format(Locale.ROOT, "%08x", nc);
        String ha1 = hash(algorithm, user + ":" + realm + ":" + password);
        String ha2 = hash(algorithm, method + ":" + uri);
        String response = hash(algorithm, ha1 + ":" + nonce + ":" + count + ":" + cnonce + ":auth:" + ha2);
        return "Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", response=\"" + response + "\", algorithm=" + algorithm + ", cnonce=\"" + cnonce
                + "\", qop=auth, nc=" + count;
    }

    /** What the server has to prove (A2 without a method). */
    public String expectedRspauth(String challenge, String uri, int nc) {
        String algorithm = parameter(challenge, "algorithm");
        String ha1 = hash(algorithm, user + ":" + parameter(challenge, "realm") + ":" + password);
        String count = String.format(Locale.ROOT, "%08x", nc);
        return hash(
                algorithm,
                ha1 + ":" + parameter(challenge, "nonce") + ":" + count + ":" + cnonce + ":auth:"
                        + hash(algorithm, ":" + uri));
    }

    public static String parameter(String challenge, String name) {
        Matcher matcher =
                Pattern.compile("\\b" + name + "=(?:\"([^\"]*)\"|([^,\\s]*))").matcher(challenge);
        if (!matcher.find()) {
            return "";
        }
        String quoted = matcher.group(1);
        return quoted == null ? String.valueOf(matcher.group(2)) : quoted;
    }

    private static String hash(String algorithm, String text) {
        String jca = algorithm.equals("SHA-512-256") ? "SHA-512/256" : algorithm;
        try {
            byte[] digest = MessageDigest.getInstance(jca).digest(text.getBytes(StandardCharsets.UTF_8));
            return String.format(Locale.ROOT, "%0" + digest.length * 2 + "x", new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
