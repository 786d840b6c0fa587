package org.pinhole.app.digest;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.pinhole.app.chain.HeaderText;
import org.pinhole.app.chain.SipFormatException;

/**
 * The value of an Authorization or Proxy-Authorization header field of the scheme Digest (RFC 7616 §3.4). Quotes are
 * accepted around any value, because real clients put them around nc, qop and algorithm. Immutable.
 */
public final class DigestCredentials {
    private static final int MAX_LENGTH = 8192;
    private static final int NC_DIGITS = 8;

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
     * @throws SipFormatException when it is not one, or names a parameter twice
     */
    public static DigestCredentials parse(String headerValue) {
        if (headerValue.length() > MAX_LENGTH || !isDigest(headerValue)) {
            throw new SipFormatException("not Digest credentials");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : HeaderText.split(headerValue.trim().substring(6), ',')) {
            int equals = parameter.indexOf('=');
            if (equals <= 0) {
                throw new SipFormatException("a Digest parameter has no name or no value");
            }
            String name = parameter.substring(0, equals).trim().toLowerCase(Locale.ROOT);
            String value = HeaderText.unquote(parameter.substring(equals + 1).trim());
            if (parameters.put(name, value) != null) {
                throw new SipFormatException("a Digest parameter stands twice");
            }
        }
        return new DigestCredentials(parameters);
    }

    /** The user's name in clear. */
    public String username() {
        return value("username");
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

    /** The quality of protection, empty when none is given. */
    public String qop() {
        return value("qop").toLowerCase(Locale.ROOT);
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
