package org.pinhole.api;

/**
 * An opaque, integrity-protected name of one flow, as it stands in the user part of a URI (RFC 5626 §5.2).
 *
 * <p>It names the connection instance, not its addresses: when the connection is gone the token is dead for good, even if
 * another connection comes from the same address. Compare tokens with {@link #equals}; keep them out of logs.
 */
public final class FlowToken {
    /** No token is longer than this, in characters. */
    public static final int MAX_LENGTH = 64;

    /** The length of those that Pinhole makes: a text of it where a token may stand is one, or a forgery. */
    public static final int LENGTH = 44;

    private final String text;

    private FlowToken(String text) {
        this.text = text;
    }

    /**
     * A token with the given text. Says nothing of whether it is genuine: {@link FlowRegistry#find} does.
     *
     * @throws IllegalArgumentException when the text cannot be a token: empty, too long, or not base64url
     */
    public static FlowToken of(String text) {
        if (!isTokenText(text)) {
            throw new IllegalArgumentException(
                    "not a flow token: 1 to " + MAX_LENGTH + " base64url characters expected");
        }
        return new FlowToken(text);
    }

    private static boolean isTokenText(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!alphanumeric && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /** The characters to put into a URI's user part. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlowToken && ((FlowToken) other).text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The kind only: a token is a capability, and has no place in a log. */
    @Override
    public String toString() {
        return "FlowToken";
    }
}
