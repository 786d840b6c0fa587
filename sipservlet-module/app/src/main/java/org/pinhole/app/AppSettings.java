package org.pinhole.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.credentials.HashFunction;
import org.pinhole.app.credentials.JdbcQuery;
import org.pinhole.app.digest.DigestAlgorithm;
import org.pinhole.app.digest.DigestPolicy;
import org.pinhole.app.digest.Qop;
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
    private final List<String> realms;
    private final DigestPolicy digest;
    private final List<String> credentials;
    private final JdbcQuery query;
    private final int lockoutFailures;
    private final int lockoutSeconds;
    private final int failoverSeconds;
    private final TurnSettings turn;
    private final String contact;
    private final String nextHop;

    private AppSettings(Map<String, String> settings) {
        this.role = roleOf(settings.getOrDefault("pinhole.role", "edge"));
        this.realms = listOf(require(settings, "pinhole.digest.realm", "a domain such as example.com"));
        this.digest = DigestPolicy.of(
                        algorithmsOf(settings.getOrDefault("pinhole.digest.algorithms", DEFAULT_ALGORITHMS)))
                .with(qopsOf(settings.getOrDefault("pinhole.digest.qop", "auth")))
                .withUserhash(settings.getOrDefault("pinhole.digest.userhash", "off")
                        .trim()
                        .equals("on"));
        this.credentials = locationsOf(require(settings, "pinhole.credentials", "file: and the path of a users file"));
        this.query = queryOf(settings.getOrDefault("pinhole.credentials.query", JdbcQuery.KAMAILIO));
        requireAnswers();
        this.lockoutFailures = numberOf(settings, "pinhole.digest.lockout.failures", "10", 0, 1000);
        this.lockoutSeconds = numberOf(settings, "pinhole.digest.lockout.seconds", "300", 10, 86_400);
        this.failoverSeconds = numberOf(settings, "pinhole.failover.seconds", "4", 2, 30);
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

    private static List<String> listOf(String value) {
        List<String> parts = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            parts.add(part.trim());
        }
        return Collections.unmodifiableList(parts);
    }

    /** Paths may have commas: a new location begins where a scheme does. */
    private static List<String> locationsOf(String value) {
        List<String> locations = new ArrayList<>();
        for (String location : value.split(",(?=\\s*[a-z][a-z0-9+.-]*:)", -1)) {
            locations.add(location.trim());
        }
        return Collections.unmodifiableList(locations);
    }

    private static List<Qop> qopsOf(String value) {
        List<Qop> qops = new ArrayList<>();
        for (String token : listOf(value)) {
            Qop qop = Qop.find(token);
            if (qop == null || qops.contains(qop)) {
                throw refused("pinhole.digest.qop", value, "auth, auth-int or both, comma-separated,");
            }
            qops.add(qop);
        }
        return qops;
    }

    private static JdbcQuery queryOf(String value) {
        try {
            return JdbcQuery.parse(value);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("pinhole.credentials.query=" + value + ": " + wrong.getMessage(), wrong);
        }
    }

    /** A phone takes the first algorithm that it knows: one that the users of a place have no hash for keeps them all out. */
    private void requireAnswers() {
        boolean jdbc = credentials.stream().anyMatch(location -> location.startsWith("jdbc:"));
        boolean onlyMd5 = digest.algorithms().stream().allMatch(algorithm -> algorithm.function() == HashFunction.MD5);
        if (jdbc && !query.knowsAlgorithms() && !onlyMd5) {
            throw new IllegalArgumentException(
                    "pinhole.credentials.query=" + query
                            + ": has no {algorithm}, so it finds MD5 hashes only; set pinhole.digest.algorithms=MD5, or ask for {algorithm}");
        }
        if (jdbc && digest.userhash()) {
            throw refused("pinhole.digest.userhash", "on", "off, because data bases have no index of hashed names,");
        }
    }

    private static List<DigestAlgorithm> algorithmsOf(String value) {
        List<DigestAlgorithm> algorithms = new ArrayList<>();
        for (String token : value.split(",", -1)) {
            DigestAlgorithm algorithm = DigestAlgorithm.find(token.trim());
            if (algorithm == null || algorithms.contains(algorithm)) {
                throw refused(
                        "pinhole.digest.algorithms",
                        value,
                        "MD5, SHA-256 and SHA-512-256, also with -sess, comma-separated, each once");
            }
            algorithms.add(algorithm);
        }
        return Collections.unmodifiableList(algorithms);
    }

    private static int numberOf(Map<String, String> settings, String name, String preset, int least, int most) {
        String value = settings.getOrDefault(name, preset).trim();
        int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
        if (number < least || number > most) {
            throw refused(name, value, least + " to " + most);
        }
        return number;
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

    /** The digest realms, which are also the domains; never empty. */
    List<String> realms() {
        return realms;
    }

    /** What each of them offers. */
    DigestPolicy digest() {
        return digest;
    }

    /** Where the users are, in the order in which they are looked for: a scheme, a colon and the rest. */
    List<String> credentials() {
        return credentials;
    }

    /** What data bases of users are asked. */
    JdbcQuery query() {
        return query;
    }

    /** After how many wrong passwords a user is locked out where they came from; 0 for never. */
    int lockoutFailures() {
        return lockoutFailures;
    }

    /** For how long. */
    int lockoutSeconds() {
        return lockoutSeconds;
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
     * Whether an edge has to stay on the path of dialogs. Without its route the container takes what is said in one for nobody's,
     * though its Request-URI names a flow; only whoever leaves Contacts alone, and has nobody behind him, sees to it himself.
     */
    boolean staysOnPath() {
        return !nextHop.isEmpty() || !contact.equals("keep");
    }

    /** The TURN servers beside us. */
    TurnSettings turn() {
        return turn;
    }
}
