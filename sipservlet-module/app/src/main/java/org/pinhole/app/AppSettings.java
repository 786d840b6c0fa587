package org.pinhole.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.digest.DigestAlgorithm;
import org.pinhole.app.turn.TurnSettings;

/**
 * The settings of one connector that the chain needs. They arrive validated; what is wrong all the same is refused with a
 * line that names the parameter, its value and what is allowed. Immutable.
 */
final class AppSettings {
    private static final String DEFAULT_ALGORITHMS = "SHA-256,MD5";

    /** What we are to the phones of a connector. */
    enum Role {
        /** Bindings are kept here. */
        REGISTRAR,
        /** Requests go on to whoever keeps them. */
        EDGE
    }

    private final Role role;
    private final String realm;
    private final List<DigestAlgorithm> algorithms;
    private final String credentials;
    private final int failoverSeconds;
    private final TurnSettings turn;
    private final String contact;
    private final String nextHop;

    private AppSettings(Map<String, String> settings) {
        this.role = roleOf(settings.getOrDefault("pinhole.role", "edge"));
        this.realm = require(settings, "pinhole.digest.realm", "a domain such as example.com");
        this.algorithms = algorithmsOf(settings.getOrDefault("pinhole.digest.algorithms", DEFAULT_ALGORITHMS));
        this.credentials = require(settings, "pinhole.credentials", "file: and the path of a users file");
        this.failoverSeconds = failoverSecondsOf(settings.getOrDefault("pinhole.failover.seconds", "4"));
        this.turn = TurnSettings.of(settings);
        this.contact = settings.getOrDefault("pinhole.contact", "rewrite");
        this.nextHop = settings.getOrDefault("pinhole.next-hop", "");
    }

    /**
     * Reads the settings of a connector.
     *
     * @throws IllegalArgumentException with a line for the operator
     */
    static AppSettings of(Map<String, String> settings) {
        return new AppSettings(settings);
    }

    private static Role roleOf(String value) {
        for (Role role : Role.values()) {
            if (role.name().equalsIgnoreCase(value.trim())) {
                return role;
            }
        }
        throw refused("pinhole.role", value, "registrar or edge");
    }

    private static List<DigestAlgorithm> algorithmsOf(String value) {
        List<DigestAlgorithm> algorithms = new ArrayList<>();
        for (String token : value.split(",", -1)) {
            DigestAlgorithm algorithm = DigestAlgorithm.find(token.trim());
            if (algorithm == null || algorithms.contains(algorithm)) {
                throw refused(
                        "pinhole.digest.algorithms", value, "MD5, SHA-256 and SHA-512-256, comma-separated, each once");
            }
            algorithms.add(algorithm);
        }
        return Collections.unmodifiableList(algorithms);
    }

    private static int failoverSecondsOf(String value) {
        int seconds = value.matches("[0-9]{1,2}") ? Integer.parseInt(value) : 0;
        if (seconds < 2 || seconds > 30) {
            throw refused("pinhole.failover.seconds", value, "2 to 30");
        }
        return seconds;
    }

    private static String require(Map<String, String> settings, String name, String allowed) {
        String value = settings.getOrDefault(name, "").trim();
        if (value.isEmpty()) {
            throw refused(name, value, allowed);
        }
        return value;
    }

    private static IllegalArgumentException refused(String name, String value, String allowed) {
        return new IllegalArgumentException(name + "=" + value + ": " + allowed + " expected");
    }

    Role role() {
        return role;
    }

    /** The digest realm, which is also the domain. */
    String realm() {
        return realm;
    }

    /** In the server's order of preference; never empty. */
    List<DigestAlgorithm> algorithms() {
        return algorithms;
    }

    /** Where the users are: a scheme, a colon and the rest. */
    String credentials() {
        return credentials;
    }

    /** How long a flow of a phone that has others may give no answer at all, not even a provisional one. */
    int failoverSeconds() {
        return failoverSeconds;
    }

    /** Where an edge sends what its phones ask for; null: where the Request-URI leads. */
    @Nullable
    String nextHop() {
        return nextHop.isEmpty() ? null : nextHop;
    }

    /**
     * Whether an edge has to stay on the path of dialogs. Within the container rewritten Contacts lead back to the flow; others
     * do not, and whoever is elsewhere may not reach what they name.
     */
    boolean staysOnPath() {
        return !nextHop.isEmpty() || contact.equals("path");
    }

    /** The TURN servers beside us. */
    TurnSettings turn() {
        return turn;
    }
}
