package org.pinhole.app.pcscf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

    private final String scheme;
    private final List<String> parameters;

    private RegisterCredentials(String scheme, List<String> parameters) {
        this.scheme = scheme;
        this.parameters = parameters;
    }

    /**
     * Reads the value of an Authorization; what claims to be ours to say is left out.
     *
     * @throws SipFormatException when it is malformed
     */
    static RegisterCredentials parse(String value) {
        String text = value.replaceAll("[\\r\\n\\t]", " ").trim();
        if (text.length() > MAX_LENGTH) {
            throw new SipFormatException("an Authorization is longer than " + MAX_LENGTH + " characters");
        }
        int blank = text.indexOf(' ');
        String scheme = blank < 0 ? text : text.substring(0, blank);
        List<String> parameters = new ArrayList<>();
        for (String parameter :
                blank < 0 ? new ArrayList<String>() : HeaderText.split(text.substring(blank + 1), ',')) {
            if (!parameter.isEmpty() && !nameOf(parameter).equals(PROTECTED)) {
                parameters.add(parameter);
            }
        }
        return new RegisterCredentials(scheme, parameters);
    }

    private static String nameOf(String parameter) {
        int equals = parameter.indexOf('=');
        return (equals < 0 ? parameter : parameter.substring(0, equals)).trim().toLowerCase(Locale.ROOT);
    }

    private @Nullable String find(String name) {
        for (String parameter : parameters) {
            if (nameOf(parameter).equals(name)) {
                int equals = parameter.indexOf('=');
                return equals < 0
                        ? ""
                        : HeaderText.unquote(parameter.substring(equals + 1).trim());
            }
        }
        return null;
    }

    /** Whether they are of Digest at all. */
    boolean digest() {
        return scheme.equalsIgnoreCase("Digest");
    }

    /** The private identity: the username; null when none is said. */
    @Nullable
    String privateIdentity() {
        String username = find("username");
        return username == null || username.isEmpty() ? null : username;
    }

    /** Whether they answer a challenge: the first REGISTER of an IMS phone has both empty (RFC 8760 §2.7). */
    boolean answerChallenge() {
        String response = find("response");
        return digest() && response != null && !response.isEmpty();
    }

    /** The header field's value, with our word on how the request came; null leaves it out. */
    String value(@Nullable Protection protection) {
        if (protection == null) {
            return parameters.isEmpty() ? scheme : scheme + " " + String.join(", ", parameters);
        }
        List<String> all = new ArrayList<>(parameters);
        all.addAll(Arrays.asList(PROTECTED + "=\"" + protection.word() + "\""));
        return scheme + " " + String.join(", ", all);
    }
}
