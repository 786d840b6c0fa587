package org.pinhole.bridge;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which Request-URIs ask for help: the emergency services (RFC 5031 §4.2), and as P-CSCF the numbers by which people dial them
 * where phones do not know those for what they are (TS 24.229 5.2.10). Immutable.
 */
public final class EmergencyTargets {
    /** The numbers, separated by commas, or {@link #NO_NUMBERS}. */
    public static final String PARAMETER = "pinhole.p-cscf.emergency-numbers";

    /** Those that any phone of a mobile network takes for such, wherever it is. */
    public static final String DEFAULT_NUMBERS = "112,911";

    /** The parameter's value for none. */
    public static final String NO_NUMBERS = "none";

    private static final String SERVICE = "urn:service:sos";
    private static final List<String> TELEPHONE_USER = Arrays.asList("user=phone", "user=dialstring");

    private final Set<String> numbers;

    private EmergencyTargets(Set<String> numbers) {
        this.numbers = Collections.unmodifiableSet(numbers);
    }

    /** Of the settings of a connector, which have been checked. */
    public static EmergencyTargets of(Map<String, String> settings) {
        Set<String> numbers = new HashSet<>();
        if ("p-cscf".equals(settings.get("pinhole.role"))) {
            for (String number :
                    settings.getOrDefault(PARAMETER, DEFAULT_NUMBERS).split(",", -1)) {
                numbers.add(number.trim());
            }
            numbers.remove(NO_NUMBERS);
        }
        return new EmergencyTargets(numbers);
    }

    /** Whether this one does: a service or one of those below it, such as {@code urn:service:sos.fire}, or a number. */
    public boolean contain(String requestUri) {
        String uri = requestUri.trim().toLowerCase(Locale.ROOT);
        return uri.equals(SERVICE) || uri.startsWith(SERVICE + ".") || numbers.contains(dialled(uri));
    }

    /** The digits of a tel URI, or of a SIP URI whose user says that it is a telephone number (RFC 3261 §19.1.6, RFC 4967). */
    private static String dialled(String uri) {
        int colon = uri.indexOf(':');
        String scheme = uri.substring(0, Math.max(colon, 0));
        if (scheme.equals("tel")) {
            return digits(uri.substring(colon + 1));
        }
        int at = uri.indexOf('@');
        boolean telephone = (scheme.equals("sip") || scheme.equals("sips"))
                && at > colon
                && Arrays.stream(uri.substring(at).split("[;?]", -1)).anyMatch(TELEPHONE_USER::contains);
        return telephone ? digits(uri.substring(colon + 1, at)) : "";
    }

    /** Without what separates digits for the eye, and without parameters such as the phone-context. */
    private static String digits(String subscriber) {
        int semicolon = subscriber.indexOf(';');
        return (semicolon < 0 ? subscriber : subscriber.substring(0, semicolon)).replaceAll("[-.()]", "");
    }
}
