package org.pinhole.app.pcscf;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;

/** A public user identity: a SIP or tel URI, compared as such (RFC 3261 §19.1.4, RFC 3966 §4). Immutable. */
final class PublicIdentity {
    private static final String TEL = "tel:";

    private final String uri;
    private final @Nullable SipUri sip;
    private final String tel;

    private PublicIdentity(String uri, @Nullable SipUri sip, String tel) {
        this.uri = uri;
        this.sip = sip;
        this.tel = tel;
    }

    /**
     * Reads a URI.
     *
     * @throws SipFormatException when it is neither a SIP nor a tel URI
     */
    static PublicIdentity of(String uri) {
        String text = uri.trim();
        if (!text.regionMatches(true, 0, TEL, 0, TEL.length())) {
            return new PublicIdentity(text, SipUri.parse(text), "");
        }
        String subscriber = text.substring(TEL.length()).toLowerCase(Locale.ROOT);
        int semicolon = subscriber.indexOf(';');
        String number = semicolon < 0 ? subscriber : subscriber.substring(0, semicolon);
        String digits = number.replaceAll("[-.()]", "");
        if (!digits.matches("\\+?[0-9a-f*#]+")) {
            throw new SipFormatException("not a telephone number");
        }
        return new PublicIdentity(text, null, digits + (semicolon < 0 ? "" : subscriber.substring(semicolon)));
    }

    /** The same, or null when it is neither. */
    static @Nullable PublicIdentity find(String uri) {
        try {
            return of(uri);
        } catch (SipFormatException neither) {
            return null;
        }
    }

    /** The text of the URI. */
    String uri() {
        return uri;
    }

    /** The same as an address-of-record, without what belongs to one use of it (RFC 3261 §10.3 step 5). */
    String addressOfRecord() {
        for (int i = uri.indexOf('@') + 1; sip != null && i < uri.length(); i++) {
            if (uri.charAt(i) == ';' || uri.charAt(i) == '?') {
                return uri.substring(0, i);
            }
        }
        return uri;
    }

    /** The SIP URI, or null when it is a telephone number. */
    @Nullable
    SipUri sip() {
        return sip;
    }

    /** Whether both are the same user. */
    boolean isSame(PublicIdentity other) {
        if (sip == null || other.sip == null) {
            return sip == other.sip && tel.equals(other.tel);
        }
        return sip.matches(other.sip);
    }

    @Override
    public String toString() {
        return uri;
    }
}
