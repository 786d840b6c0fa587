package org.pinhole.app.chain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One value of a Contact, To or Path: a URI with header parameters, or the {@code *} (RFC 3261 §20.10). Immutable. */
public final class NameAddress {
    private static final NameAddress WILDCARD = new NameAddress("*", Collections.emptyMap());

    private final String uri;
    private final Map<String, String> parameters;

    private NameAddress(String uri, Map<String, String> parameters) {
        this.uri = uri;
        this.parameters = parameters;
    }

    /**
     * Reads one value.
     *
     * @throws SipFormatException when it is none
     */
    public static NameAddress parse(String text) {
        String value = text.trim();
        if (value.equals("*")) {
            return WILDCARD;
        }
        List<String> parts = HeaderText.splitAddresses(value, ';');
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : parts.subList(1, parts.size())) {
            int equals = parameter.indexOf('=');
            String name =
                    equals < 0 ? parameter : parameter.substring(0, equals).trim();
            parameters.put(
                    name.toLowerCase(Locale.ROOT),
                    equals < 0
                            ? ""
                            : HeaderText.unquote(parameter.substring(equals + 1).trim()));
        }
        return new NameAddress(uriOf(parts.get(0)), parameters);
    }

    private static String uriOf(String address) {
        int open = address.lastIndexOf('<');
        if (address.equals("*")) {
            throw new SipFormatException("a * has parameters");
        }
        if (open < 0 && !address.isEmpty() && address.indexOf('"') < 0) {
            return address;
        }
        if (open < 0 || !address.endsWith(">")) {
            throw new SipFormatException("an address has no URI");
        }
        return address.substring(open + 1, address.length() - 1).trim();
    }

    /** Whether it is the {@code *} of a REGISTER that removes every binding. */
    public boolean wildcard() {
        return uri.equals("*");
    }

    /** The URI's text. */
    public String uri() {
        return uri;
    }

    /** The value of a header parameter, quotes removed (empty when it has none), or null when it is absent. */
    public @Nullable String parameter(String name) {
        return parameters.get(name);
    }
}
