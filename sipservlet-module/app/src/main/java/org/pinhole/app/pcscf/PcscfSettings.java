package org.pinhole.app.pcscf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.bridge.EmergencyTargets;

/** The settings of the role {@code p-cscf}. They arrive validated. Immutable. */
public final class PcscfSettings {
    private static final String PREFIX = "pinhole.p-cscf.";

    private final String visitedNetwork;
    private final String nextHop;
    private final boolean replacesRoute;
    private final String emergency;
    private final EmergencyTargets emergencyTargets;
    private final boolean refuses3gppAccess;
    private final boolean asksRegEvent;
    private final List<String> coreSources;

    private PcscfSettings(Map<String, String> settings) {
        this.visitedNetwork = require(settings, PREFIX + "visited-network", "our network's domain");
        this.nextHop = require(settings, "pinhole.next-hop", "sip:HOST:PORT;transport=udp or tcp or tls");
        this.replacesRoute =
                !settings.getOrDefault(PREFIX + "service-route", "replace").equals("check");
        this.emergency = settings.getOrDefault(PREFIX + "emergency", "refuse");
        this.emergencyTargets = EmergencyTargets.of(settings);
        this.refuses3gppAccess =
                !settings.getOrDefault(PREFIX + "3gpp-access", "refuse").equals("allow");
        this.asksRegEvent = !settings.getOrDefault(PREFIX + "reg-event", "on").equals("off");
        this.coreSources = listOf(settings.getOrDefault(PREFIX + "core-sources", ""));
    }

    /**
     * Reads the settings of a connector.
     *
     * @throws IllegalArgumentException with a line for the operator
     */
    public static PcscfSettings of(Map<String, String> settings) {
        return new PcscfSettings(settings);
    }

    /** Whether a connector of these settings is one of a P-CSCF. */
    public static boolean areOf(Map<String, String> settings) {
        return "p-cscf".equals(settings.get("pinhole.role"));
    }

    /** For how long a flow of these settings may be without a registration. */
    static int registrationSeconds(Map<String, String> settings) {
        return Integer.parseInt(
                settings.getOrDefault(PREFIX + "registration-seconds", "32").trim());
    }

    private static String require(Map<String, String> settings, String name, String allowed) {
        String value = settings.getOrDefault(name, "").trim();
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + "=: " + allowed + " expected with pinhole.role=p-cscf");
        }
        return value;
    }

    private static List<String> listOf(String value) {
        List<String> parts = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            if (!part.trim().isEmpty()) {
                parts.add(part.trim());
            }
        }
        return Collections.unmodifiableList(parts);
    }

    /** The domain of our network. */
    String visitedNetwork() {
        return visitedNetwork;
    }

    /** Where the core takes REGISTERs, and all else for which it gave no route. */
    String nextHop() {
        return nextHop;
    }

    /** Whether a phone's wrong Route is replaced; otherwise it is refused. */
    boolean replacesRoute() {
        return replacesRoute;
    }

    /** Where emergency requests go; null: they are refused. */
    @Nullable
    String emergencyRoute() {
        return emergency.equals("refuse") ? null : emergency;
    }

    /** What asks for help. */
    EmergencyTargets emergencyTargets() {
        return emergencyTargets;
    }

    /** Whether a phone that says it comes over a 3GPP access is refused Digest (TS 33.203 N.1). */
    boolean refuses3gppAccess() {
        return refuses3gppAccess;
    }

    /** Whether we ask for the state of registrations. */
    boolean asksRegEvent() {
        return asksRegEvent;
    }

    /** The addresses of the core; empty: whoever reaches the container's own connectors belongs to it. */
    List<String> coreSources() {
        return coreSources;
    }

    /** In whose name, and where requests go. */
    @Override
    public String toString() {
        return visitedNetwork + " before " + nextHop;
    }
}
