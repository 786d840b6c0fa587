package org.pinhole.ue.tunnel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pinhole.ue.digest.Quoted;

/**
 * One challenge of a Proxy-Authenticate header, which may hold several (RFC 9110 §11.6.1). Pure.
 *
 * @param rest the token or the parameters behind the scheme's name, as they stand
 */
record HttpChallenge(String scheme, String rest) {
    /** A scheme's name alone, or with something behind it that is not the equals sign of a parameter. */
    private static final Pattern START = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \\t]+([^= \\t].*))?");

    /** Every challenge in these header values, in order. */
    static List<HttpChallenge> parse(List<String> values) {
        List<HttpChallenge> challenges = new ArrayList<>();
        for (String value : values) {
            for (String part : Quoted.split(value, ',')) {
                Matcher start = START.matcher(part);
                if (start.matches()) {
                    challenges.add(new HttpChallenge(start.group(1), start.group(2) == null ? "" : start.group(2)));
                } else if (!challenges.isEmpty() && !part.isEmpty()) {
                    HttpChallenge last = challenges.remove(challenges.size() - 1);
                    challenges.add(new HttpChallenge(last.scheme, last.rest + ", " + part));
                }
            }
        }
        return List.copyOf(challenges);
    }

    boolean is(String name) {
        return scheme.equalsIgnoreCase(name);
    }

    /** As it would stand in a header of its own. */
    @Override
    public String toString() {
        return rest.isEmpty() ? scheme : scheme + " " + rest;
    }
}
