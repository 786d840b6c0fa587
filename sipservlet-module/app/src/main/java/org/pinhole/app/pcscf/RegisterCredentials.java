package org.pinhole.app.pcscf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.HeaderText;
import org.pinhole.app.chain.SipFormatException;

/**
 * One Authorization of a REGISTER as a P-CSCF sees it: whose it is, whether it answers a challenge, and the one parameter
 * that is ours to write (TS 24.229 7.2A.2). Everything else stays as the phone wrote it: it is for the core to judge
 * (RFC 7616 §3.7). Immutable.
 */
final class RegisterCredentials {
    private static final String PROTECTED = "integrity-protected";
    private static final int MAX_LENGTH = 4096;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]+");

    private final String scheme;
    private final Map<String, String> parameters;

    private RegisterCredentials(String scheme, Map<String, String> parameters) {
        this.scheme = scheme;
        this.parameters = parameters;
    }

    /**
     * Reads the value of an Authorization; what claims to be ours to say is left out.
     *
     * @throws SipFormatException when it is malformed, or can be read in two ways
     */
    static RegisterCredentials parse(String value) {
        String text = value.replaceAll("[\\r\\n\\t]", " ").trim();
        if (text.length() > MAX_LENGTH) {
            throw new SipFormatException("an Authorization is longer than " + MAX_LENGTH + " characters");
        }
        int blank = text.indexOf(' ');
        String scheme = blank < 0 ? text : text.substring(0, blank);
        if (!TOKEN.matcher(scheme).matches()) {
            throw new SipFormatException("an Authorization has no scheme");
        }
        RegisterCredentials credentials = new RegisterCredentials(scheme, new LinkedHashMap<>());
        for (String parameter :
                blank < 0 ? new ArrayList<String>() : HeaderText.split(text.substring(blank + 1), ',')) {
            if (!parameter.isEmpty() && !nameOf(parameter).equals(PROTECTED)) {
                credentials.add(parameter);
            }
        }
        return credentials;
    }

    private static String nameOf(String parameter) {
        int equals = parameter.indexOf('=');
        return (equals < 0 ? parameter : parameter.substring(0, equals)).trim().toLowerCase(Locale.ROOT);
    }

    /** Other schemes are for the core alone: nothing of ours is said with them. */
    private void add(String parameter) {
        String name = digest() ? nameOf(parameter) : parameter;
        if (digest() && !(TOKEN.matcher(name).matches() && hasPlainValue(parameter))) {
            throw new SipFormatException("a parameter of an Authorization is malformed");
        }
        if (parameters.put(name, parameter) != null) {
            throw new SipFormatException("a parameter of an Authorization stands twice");
        }
        if (name.equals("username*")) {
            throw new SipFormatException("username* in an Authorization: the private identity is expected in username");
        }
    }

    private static boolean hasPlainValue(String parameter) {
        int equals = parameter.indexOf('=');
        return equals >= 0 && isPlain(parameter.substring(equals + 1).trim());
    }

    /** One quoted string, or a text that no server could take for more than one value: without quote, escape and blank. */
    private static boolean isPlain(String value) {
        if (!value.startsWith("\"")) {
            return value.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '\\' || c == ';' || c == 0x7F);
        }
        int i = 1;
        while (i < value.length() && value.charAt(i) != '"') {
            i += value.charAt(i) == '\\' ? 2 : 1;
        }
        return i == value.length() - 1 && value.chars().noneMatch(Character::isISOControl);
    }

    private @Nullable String find(String name) {
        String parameter = parameters.get(name);
        return parameter == null
                ? null
                : HeaderText.unquote(
                        parameter.substring(parameter.indexOf('=') + 1).trim());
    }

    /** Whether they are of Digest at all. */
    boolean digest() {
        return scheme.equalsIgnoreCase("Digest");
    }

    /** The private identity: the username; empty when none is said. */
    String privateIdentity() {
        String username = find("username");
        return username == null ? "" : username;
    }

    /** Whether they answer a challenge: the first REGISTER of an IMS phone has both empty (RFC 8760 §2.7). */
    boolean answerChallenge() {
        String response = find("response");
        return digest() && response != null && !response.isEmpty();
    }

    /** The header field's value, with our word on how the request came; null leaves it out. */
    String value(@Nullable Protection protection) {
        if (protection == null) {
            return parameters.isEmpty() ? scheme : scheme + " " + String.join(", ", parameters.values());
        }
        List<String> all = new ArrayList<>(parameters.values());
        all.add(PROTECTED + "=\"" + protection.word() + "\"");
        return scheme + " " + String.join(", ", all);
    }
}
