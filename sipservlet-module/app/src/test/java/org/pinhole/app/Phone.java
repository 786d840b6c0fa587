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
    private final String firstCnonce = "f2wE4q74E6zIJEtW";
    private final String cnonce;
    private final boolean hashesItsName;

    public Phone(String user, String password) {
        this(user, password, "f2wE4q74E6zIJEtW", false);
    }

    private Phone(String user, String password, String cnonce, boolean hashesItsName) {
        this.user = user;
        this.password = password;
        this.cnonce = cnonce;
        this.hashesItsName = hashesItsName;
    }

    /** The same phone with another cnonce, in a session that it began with the first. */
    public Phone laterInTheSession() {
        return new Phone(user, password, "another", hashesItsName);
    }

    /** The same phone, which sends the hash of its user's name. */
    public Phone withoutName() {
        return new Phone(user, password, cnonce, true);
    }

    public static Phone alice() {
        return new Phone("alice", "wonderland");
    }

    /** Credentials for the topmost of these challenges. */
    public String answer(List<String> challenges, String method, String uri, int nc) {
        return answer(challenges.get(0), method, uri, nc);
    }

    public String answer(String challenge, String method, String uri, int nc) {
        return answer(challenge, method, uri, nc, "auth", "");
    }

    /** Credentials that cover the body too. */
    public String answerInt(String challenge, String method, String uri, int nc, byte[] body) {
        return answer(challenge, method, uri, nc, "auth-int", ":" + hash(parameter(challenge, "algorithm"), body));
    }

    private String answer(String challenge, String method, String uri, int nc, String qop, String bodyHash) {
        String realm = parameter(challenge, "realm");
        String nonce = parameter(challenge, "nonce");
        String algorithm = parameter(challenge, "algorithm");
        String count = String.format(Locale.ROOT, "%08x", nc);
        String ha2 = hash(algorithm, method + ":" + uri + bodyHash);
        String response =
                hash(algorithm, a1(challenge) + ":" + nonce + ":" + count + ":" + cnonce + ":" + qop + ":" + ha2);
        String name = hashesItsName ? hash(algorithm, user + ":" + realm) : user;
        return "Digest username=\"" + name + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", response=\"" + response + "\", algorithm=" + algorithm + ", cnonce=\"" + cnonce
                + "\", qop=" + qop + ", nc=" + count + (hashesItsName ? ", userhash=true" : "");
    }

    /** H(A1), or in a session what stands for it. */
    private String a1(String challenge) {
        String algorithm = parameter(challenge, "algorithm");
        String ha1 = hash(algorithm, user + ":" + parameter(challenge, "realm") + ":" + password);
        return algorithm.endsWith("-sess")
                ? hash(algorithm, ha1 + ":" + parameter(challenge, "nonce") + ":" + firstCnonce)
                : ha1;
    }

    /** What the server has to prove (A2 without a method). */
    public String expectedRspauth(String challenge, String uri, int nc) {
        String algorithm = parameter(challenge, "algorithm");
        String count = String.format(Locale.ROOT, "%08x", nc);
        return hash(
                algorithm,
                a1(challenge) + ":" + parameter(challenge, "nonce") + ":" + count + ":" + cnonce + ":auth:"
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
        return hash(algorithm, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String algorithm, byte[] octets) {
        String function = algorithm.replace("-sess", "");
        String jca = function.equals("SHA-512-256") ? "SHA-512/256" : function;
        try {
            byte[] digest = MessageDigest.getInstance(jca).digest(octets);
            return String.format(Locale.ROOT, "%0" + digest.length * 2 + "x", new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
