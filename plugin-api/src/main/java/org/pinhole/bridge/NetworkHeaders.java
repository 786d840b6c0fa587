package org.pinhole.bridge;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

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
            "Remote-Party-ID",
            "P-Pinhole-Turn"));

    private NetworkHeaders() {}
}
