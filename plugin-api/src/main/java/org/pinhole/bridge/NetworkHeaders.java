package org.pinhole.bridge;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The header fields that only servers of a network tell each other (RFC 3325 §5, RFC 7315, TS 24.229 4.4): from anybody else
 * they are a claim that nobody has checked, and are taken off.
 */
public final class NetworkHeaders {
    /** Their names. */
    public static final List<String> NAMES = Collections.unmodifiableList(Arrays.asList(
            "P-Asserted-Identity",
            "P-Asserted-Service",
            "P-Charging-Vector",
            "P-Charging-Function-Addresses",
            "P-Visited-Network-ID",
            "P-Served-User",
            "P-Profile-Key",
            "P-User-Database",
            "P-Private-Network-Indication",
            "P-Called-Party-ID",
            "Feature-Caps",
            "Restoration-Info",
            "Relayed-Charge",
            "Service-Interact-Info",
            "Attestation-Info",
            "Origination-Id",
            "Remote-Party-ID",
            "P-Pinhole-Turn"));

    private static final Set<String> ANY_CASE = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        ANY_CASE.addAll(NAMES);
    }

    private NetworkHeaders() {}

    /** Whether a header field of that name, in any case, is one of them. */
    public static boolean isOne(String name) {
        return ANY_CASE.contains(name);
    }
}
