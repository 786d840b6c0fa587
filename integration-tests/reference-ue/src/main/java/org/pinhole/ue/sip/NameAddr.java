package org.pinhole.ue.sip;

/** One entry of From, To, Contact, Route or Record-Route: a URI, kept verbatim, and the header's own parameters. */
public record NameAddr(String uri, SipParams params) {
    /** Reads {@code "Name" <uri>;params} or {@code uri;params}; in the second form the parameters are the header's. */
    public static NameAddr parse(String value) {
        int open = openBracket(value);
        if (open < 0) {
            int semicolon = value.indexOf(';');
            String uri = semicolon < 0 ? value : value.substring(0, semicolon);
            String rest = semicolon < 0 ? "" : value.substring(semicolon + 1);
            return new NameAddr(uri.trim(), SipParams.parse(rest));
        }
        int close = value.indexOf('>', open);
        if (close < 0) {
            throw new SipFormatException("'<' without '>' in " + value);
        }
        int semicolon = value.indexOf(';', close);
        String rest = semicolon < 0 ? "" : value.substring(semicolon + 1);
        return new NameAddr(value.substring(open + 1, close), SipParams.parse(rest));
    }

    private static int openBracket(String value) {
        boolean quoted = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '<' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the URI itself carries {@code lr} (RFC 3261 §19.1.1). */
    boolean looseRouter() {
        int question = uri.indexOf('?');
        String plain = question < 0 ? uri : uri.substring(0, question);
        int semicolon = plain.indexOf(';');
        return semicolon >= 0 && SipParams.parse(plain.substring(semicolon + 1)).has("lr");
    }
}
