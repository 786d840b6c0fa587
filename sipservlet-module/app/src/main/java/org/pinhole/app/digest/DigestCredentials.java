package org.pinhole.app.digest;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.HeaderText;
import org.pinhole.app.chain.SipFormatException;

/**
 * The value of an Authorization or Proxy-Authorization header field of the scheme Digest (RFC 7616 §3.4). Quotes are
 * accepted around any value, because real clients put them around nc, qop and algorithm. Immutable.
 */
public final class DigestCredentials {
    private static final int MAX_LENGTH = 8192;
    private static final int MAX_NAME_LENGTH = 256;
    private static final int NC_DIGITS = 8;
    private static final int USUAL_PARAMETERS = 12;
    private static final String EXTENDED_NAME = "username*";
    private static final boolean[] TOKEN_CHARACTERS = tokenCharacters();
    private static final Pattern FOLD = Pattern.compile("[ \\t]*\\r?\\n[ \\t]+");

    private final Map<String, String> parameters;

    private DigestCredentials(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** Whether the value is of the scheme Digest, in any case. */
    public static boolean isDigest(String headerValue) {
        String value = headerValue.trim();
        return value.regionMatches(true, 0, "Digest", 0, 6) && value.length() > 6 && isSpace(value.charAt(6));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /**
     * Reads a value of the scheme Digest.
     *
     * @throws SipFormatException when it is not one, names a parameter twice or contradicts itself
     */
    public static DigestCredentials parse(String headerValue) {
        if (headerValue.length() > MAX_LENGTH || !isDigest(headerValue)) {
            throw new SipFormatException("not Digest credentials");
        }
        Map<String, String> parameters = new HashMap<>(2 * USUAL_PARAMETERS);
        for (String parameter : HeaderText.split(unfolded(headerValue.trim().substring(6)), ',')) {
            if (!parameter.isEmpty()) { // lists may have empty elements (RFC 7230 §7)
                read(parameter, parameters);
            }
        }
        if (parameters.isEmpty()) {
            throw new SipFormatException("Digest credentials without parameters");
        }
        DigestCredentials credentials = new DigestCredentials(parameters);
        credentials.requireOneName();
        return credentials;
    }

    private static void read(String parameter, Map<String, String> parameters) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? "" : parameter.substring(0, equals).trim().toLowerCase(Locale.ROOT);
        if (!isToken(name)) {
            throw new SipFormatException("a Digest parameter has no name or no value");
        }
        String value = HeaderText.unquote(parameter.substring(equals + 1).trim());
        if (parameters.put(name, value) != null) {
            throw new SipFormatException("a Digest parameter stands twice");
        }
    }

    /** A line that goes on in the next one counts as a blank (RFC 3261 §7.3.1); no other control character has a place. */
    private static String unfolded(String text) {
        String line = text.indexOf('\n') < 0 ? text : FOLD.matcher(text).replaceAll(" ");
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) != '\t' && Character.isISOControl(line.charAt(i))) {
                throw new SipFormatException("a control character in Digest credentials");
            }
        }
        return line;
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= TOKEN_CHARACTERS.length || !TOKEN_CHARACTERS[c]) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean[] tokenCharacters() {
        boolean[] characters = new boolean[0x7F];
        for (int c = ' ' + 1; c < characters.length; c++) {
            characters[c] = "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
        }
        return characters;
    }

    private void requireOneName() {
        if (parameters.containsKey(EXTENDED_NAME) && (parameters.containsKey("username") || userhash())) {
            throw new SipFormatException("username* beside username or userhash"); // RFC 7616 §3.4.4
        }
        if (username().length() > MAX_NAME_LENGTH) {
            throw new SipFormatException("the user's name is longer than " + MAX_NAME_LENGTH + " characters");
        }
    }

    /** The user's name in clear, or its hash. */
    public String username() {
        String extended = parameters.get(EXTENDED_NAME);
        return extended == null ? value("username") : ExtendedValue.decode(extended);
    }

    /** Whether the name is hashed (RFC 7616 §3.4.4). */
    public boolean userhash() {
        return value("userhash").equalsIgnoreCase("true");
    }

    /** The realm that the credentials are for. */
    public String realm() {
        return value("realm");
    }

    /** The nonce, empty in the first REGISTER of an IMS phone. */
    public String nonce() {
        return value("nonce");
    }

    /** The URI that went into the hash; it may differ from the Request-URI. */
    public String uri() {
        return value("uri");
    }

    /** The response, in hexadecimal. */
    public String response() {
        return value("response");
    }

    /** The algorithm's token; MD5 when none is given (RFC 7616 §3.4). */
    public String algorithm() {
        String algorithm = value("algorithm");
        return algorithm.isEmpty() ? "MD5" : algorithm;
    }

    /** The quality of protection, or null when none is given, or one that nobody knows. */
    public @Nullable Qop qop() {
        return Qop.find(value("qop"));
    }

    /** The client's nonce. */
    public String cnonce() {
        return value("cnonce");
    }

    /** The nonce count as it was written: eight hexadecimal digits. */
    public String nc() {
        return value("nc");
    }

    /**
     * The nonce count.
     *
     * @throws SipFormatException when it is not eight hexadecimal digits, or zero
     */
    public long nonceCount() {
        String nc = nc();
        long count = 0;
        for (int i = 0; i < Math.min(nc.length(), NC_DIGITS) && count >= 0; i++) {
            int digit = nc.charAt(i) < 0x80 ? Character.digit(nc.charAt(i), 16) : -1;
            count = digit < 0 ? -1 : count * 16 + digit;
        }
        if (nc.length() != NC_DIGITS || count <= 0) {
            throw new SipFormatException("nc is not eight hexadecimal digits above zero");
        }
        return count;
    }

    private String value(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** The kind only. */
    @Override
    public String toString() {
        return "DigestCredentials";
    }
}
