package org.pinhole.connector.hook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pinhole.bridge.EmergencyTargets;
import org.pinhole.connector.flow.FlowTokenKeyFile;
import org.pinhole.connector.keepalive.KeepAlive;
import org.pinhole.connector.keepalive.OwnPings;
import org.pinhole.connector.proxyprotocol.ProxySources;
import org.pinhole.connector.transport.ConnectorAddress;
import org.pinhole.connector.transport.PublicName;

/** Every {@code pinhole.*} parameter: its name, its default, and what is allowed. */
enum Parameter {
    /** Where to listen. */
    CONNECTOR("pinhole.connector", "none", Parameter::requireAddresses),
    /** What the world calls the connectors, where that is not what they are bound to: behind a 1:1 NAT. Empty: it is. */
    PUBLIC_NAME("pinhole.public-name", "", Parameter::requirePublicNames),
    /** What Pinhole is towards the phones. */
    ROLE("pinhole.role", "edge", oneOf("registrar", "edge", "p-cscf")),
    /** What leads to a phone: its Contact, rewritten; our Path, with the Contact as it is; or neither. */
    CONTACT("pinhole.contact", "rewrite", oneOf("rewrite", "path", "keep")),
    /** Where an edge sends what its phones ask for. Empty: where the Request-URI leads. */
    NEXT_HOP("pinhole.next-hop", "", Parameter::requireNextHop),
    /** The servers, by address, that are believed where phones and strangers are not; the next hop is anyhow. */
    TRUSTED_SOURCES("pinhole.trusted-sources", "", Parameter::requireAddressList),
    /** The servers, by address, that connect to a connector of ours and are the phones' first hop in our place. */
    EDGE_SOURCES("pinhole.edge-sources", "", Parameter::requireAddressList),
    /** As P-CSCF: the name of our network, as the core knows it. */
    PCSCF_VISITED_NETWORK("pinhole.p-cscf.visited-network", "", Parameter::requireDomain),
    /** For how long a flow may be without a registration. */
    PCSCF_REGISTRATION_SECONDS("pinhole.p-cscf.registration-seconds", "32", number(8, 600)),
    /** What becomes of a Route that is not the one that the registrar gave: it is replaced, or the request refused. */
    PCSCF_SERVICE_ROUTE("pinhole.p-cscf.service-route", "replace", oneOf("replace", "check")),
    /** Where emergency requests go. */
    PCSCF_EMERGENCY("pinhole.p-cscf.emergency", "refuse", Parameter::requireEmergency),
    /** By which numbers they are dialled. */
    PCSCF_EMERGENCY_NUMBERS(
            EmergencyTargets.PARAMETER, EmergencyTargets.DEFAULT_NUMBERS, Parameter::requireEmergencyNumbers),
    /** Whether phones may use Digest that say that they come over a 3GPP access. */
    PCSCF_3GPP_ACCESS("pinhole.p-cscf.3gpp-access", "refuse", oneOf("refuse", "allow")),
    /** Whether the state of registrations is asked of the core. */
    PCSCF_REG_EVENT("pinhole.p-cscf.reg-event", "on", oneOf("on", "off")),
    /** Who may send requests to phones. Empty: whoever reaches the container's own connectors. */
    PCSCF_CORE_SOURCES("pinhole.p-cscf.core-sources", "", Parameter::requireAddressList),
    /** The interval that is answered to an offer of keep-alives. */
    KEEP_ALIVE_SECONDS("pinhole.keep-alive.seconds", "45", KeepAlive::parse),
    /** How late such a ping may be. Some phones ping late, and a phone waits 10 s for each pong. */
    KEEP_ALIVE_GRACE_SECONDS(
            "pinhole.keep-alive.grace-seconds",
            Integer.toString(KeepAlive.DEFAULT_GRACE_SECONDS),
            number(KeepAlive.MIN_GRACE_SECONDS, 600)),
    /** How often the edge itself keeps a flow alive for which nothing was negotiated. */
    OWN_KEEP_ALIVE_SECONDS("pinhole.keep-alive.own-seconds", "auto", value -> OwnPings.parse(value, 0)),
    /** How long a flow may give no answer at all before the next flow of its phone is tried. */
    FAILOVER_SECONDS("pinhole.failover.seconds", "4", number(2, 30)),
    /** How many connections a connector holds at once. */
    MAX_CONNECTIONS("pinhole.limits.connections", "32768", number(1, 1_000_000)),
    /** Of these, how many from one address. An office behind a proxy is one address. */
    MAX_CONNECTIONS_PER_SOURCE("pinhole.limits.connections-per-source", "4096", number(1, 1_000_000)),
    /** And from one /24, or /56 of IPv6. */
    MAX_CONNECTIONS_PER_NETWORK("pinhole.limits.connections-per-network", "8192", number(1, 1_000_000)),
    /** How many connections may be without a finished handshake at once. */
    MAX_HANDSHAKES("pinhole.limits.handshakes", "10240", number(1, 1_000_000)),
    /** Of these, how many from one address. */
    MAX_HANDSHAKES_PER_SOURCE("pinhole.limits.handshakes-per-source", "1024", number(1, 1_000_000)),
    /** And from one /24, or /56 of IPv6. */
    MAX_HANDSHAKES_PER_NETWORK("pinhole.limits.handshakes-per-network", "2048", number(1, 1_000_000)),
    /** How many flows there may be at once on which nobody has been authenticated. */
    MAX_STRANGERS("pinhole.limits.unauthenticated", "10240", number(1, 1_000_000)),
    /** Of these, how many from one address. */
    MAX_STRANGERS_PER_SOURCE("pinhole.limits.unauthenticated-per-source", "1024", number(1, 1_000_000)),
    /** And from one /24, or /56 of IPv6. */
    MAX_STRANGERS_PER_NETWORK("pinhole.limits.unauthenticated-per-network", "2048", number(1, 1_000_000)),
    /** How many flows there may be at once on which one user has been authenticated. */
    MAX_FLOWS_PER_USER("pinhole.limits.flows-per-user", "64", number(1, 1_000_000)),
    /** How many dialogs of one user are remembered for longer than the container would. */
    MAX_DIALOGS_PER_USER("pinhole.limits.dialogs-per-user", "256", number(1, 1_000_000)),
    /** How long a handshake may take. */
    HANDSHAKE_SECONDS("pinhole.limits.handshake-seconds", "10", number(1, 120)),
    /** How long a phone may take from there to its first complete message, and for any later one. */
    FIRST_MESSAGE_SECONDS("pinhole.limits.first-message-seconds", "32", number(1, 600)),
    /** How long a phone may send nothing at all. */
    IDLE_SECONDS("pinhole.limits.idle-seconds", "7200", number(60, 604_800)),
    /** How large a message's start line and headers may be. */
    MAX_HEADER_BYTES("pinhole.limits.header-bytes", "16384", number(1024, 65_536)),
    /** How large a message may be. */
    MAX_MESSAGE_BYTES("pinhole.limits.message-bytes", "65536", number(2048, 1_048_576)),
    /** How many header fields a message may have. */
    MAX_HEADERS("pinhole.limits.headers", "256", number(16, 4096)),
    /** What may wait to be written to one phone. */
    WRITE_QUEUE_BYTES("pinhole.limits.write-queue-bytes", "1048576", number(65536, 16777216)),
    /** How long it may wait. */
    WRITE_QUEUE_SECONDS("pinhole.limits.write-queue-seconds", "10", number(1, 300)),
    /** How long what was sent may stay unacknowledged before the connection is dead. 0: the system's own time. */
    TCP_USER_TIMEOUT_SECONDS("pinhole.tcp.user-timeout-seconds", "25", number(0, 3600)),
    /** After how long a silence TCP asks whether the phone is still there. 0: never. */
    TCP_KEEP_ALIVE_SECONDS("pinhole.tcp.keep-alive-seconds", "120", number(0, 7200)),
    /** How often the log tells each connector's numbers. 0: never. */
    SUMMARY_SECONDS("pinhole.log.summary-seconds", "300", number(0, 86_400)),
    /** Who is believed when a PROXY protocol header says where a connection comes from. */
    PROXY_SOURCES("pinhole.proxy-protocol.sources", "", ProxySources::parse),
    /** The realms of the passwords, which are the domains of the users. The default is this host's name. */
    DIGEST_REALM("pinhole.digest.realm", "", Parameter::requireRealm),
    /** The Digest algorithms that are offered, best first. */
    DIGEST_ALGORITHMS("pinhole.digest.algorithms", "SHA-256,MD5", Parameter::requireAlgorithms),
    /** What a Digest response may cover: method and URI, or the body as well. */
    DIGEST_QOP("pinhole.digest.qop", "auth", oneOf("auth", "auth-int", "auth,auth-int", "auth-int,auth")),
    /** Whether phones may send the hash of their user's name. */
    DIGEST_USERHASH("pinhole.digest.userhash", "off", oneOf("on", "off")),
    /** After how many wrong passwords a user is locked out where they came from. 0: never. */
    LOCKOUT_FAILURES("pinhole.digest.lockout.failures", "10", number(0, 1000)),
    /** For how long, and within what time they count together. */
    LOCKOUT_SECONDS("pinhole.digest.lockout.seconds", "300", number(10, 86_400)),
    /** Where the users are, in the order in which they are looked for. */
    CREDENTIALS("pinhole.credentials", "file:conf/pinhole.users", Parameter::requireLocations),
    /** What a data base of users is asked. The default is for Kamailio's table. */
    CREDENTIALS_QUERY(
            "pinhole.credentials.query",
            "SELECT ha1 FROM subscriber WHERE username = {user} AND domain = {realm}",
            Parameter::acceptAny),
    /** Whether applications that declare Digest have their users told apart by application pinhole. */
    CONTAINER_DIGEST("pinhole.container-digest", "off", oneOf("on", "off")),
    /** The roles that every user has there, besides those of the container's realm. */
    CONTAINER_DIGEST_ROLES("pinhole.container-digest.roles", "", Parameter::acceptAny),
    /** The certificate chains, or a folder of them; the first is the default. */
    CERTIFICATE_FILE("pinhole.tls.certificate-file", "", Parameter::acceptAny),
    /** The private keys, one for each certificate. */
    PRIVATE_KEY_FILE("pinhole.tls.private-key-file", "", Parameter::acceptAny),
    /** The file with the password of encrypted keys. */
    PRIVATE_KEY_PASSWORD_FILE("pinhole.tls.private-key-password-file", "", Parameter::acceptAny),
    /** Whether phones are asked for a certificate: one word for all connectors, or one for each. */
    CLIENT_AUTH("pinhole.tls.client-auth", "none", eachOf(oneOf("none", "optional", "required"))),
    /** The authorities whose certificates phones may show: one file for all connectors that ask, or one for each. */
    CLIENT_CA_FILE("pinhole.tls.client-ca-file", "", Parameter::acceptAny),
    /** What session tickets are sealed with. */
    TICKET_KEYS_FILE("pinhole.tls.ticket-keys-file", "conf/pinhole/ticket.keys", Parameter::acceptAny),
    /** After how long a new key seals. */
    TICKET_ROTATION_HOURS("pinhole.tls.ticket-rotation-hours", "12", number(1, 168)),
    /** What flow tokens are made with; the container's own, so the same for all applications. */
    FLOW_TOKEN_KEYS_FILE(FlowTokenKeyFile.PARAMETER, "conf/pinhole/flow-token.keys", Parameter::acceptAny),
    /** After how long a new key makes them. */
    FLOW_TOKEN_ROTATION_HOURS("pinhole.flow-token.rotation-hours", "168", number(1, 8760)),
    /** What a certificate is made for when none is given. */
    SELF_SIGNED_NAMES("pinhole.tls.self-signed-names", "localhost,127.0.0.1", Parameter::requireNames),
    /** The TURN servers that phones are told of, best first. Empty: none. */
    TURN_URIS("pinhole.turn.uris", "", Parameter::requireTurnUris),
    /** What expiring TURN credentials are made with; the TURN server has the same. */
    TURN_SECRET_FILE("pinhole.turn.secret-file", "", Parameter::acceptAny),
    /** What the TURN server shows when it asks for a user's key. Empty: it cannot ask. */
    TURN_KEY_LOOKUP_TOKEN_FILE("pinhole.turn.key-lookup-token-file", "", Parameter::acceptAny),
    /** How long TURN credentials are good for. */
    TURN_CREDENTIAL_SECONDS("pinhole.turn.credential-seconds", "3600", number(60, 86_400)),
    /** Where the TURN server must answer for phones to be told of it. The default is the first TCP or TLS URI. */
    TURN_PROBE("pinhole.turn.probe", "", Parameter::requireHostAndPort);

    static final String PREFIX = "pinhole.";
    static final String NO_CONNECTOR = "none";
    /** Between two places of users. A path may have a comma, so the next one begins where a scheme does. */
    static final String LOCATIONS = ",(?=\\s*[a-z][a-z0-9+.-]*:)";

    private static final String HOST = "(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)";
    private static final String PORT = ":([0-9]{1,5})";
    private static final Pattern HOST_AND_PORT = Pattern.compile(HOST + PORT);
    private static final Pattern TURN_URI = Pattern.compile("(?:turn:" + HOST + "(?:" + PORT
            + ")?(?:\\?transport=(?:udp|tcp))?|turns:" + HOST + "(?:" + PORT + ")?(?:\\?transport=tcp)?)");

    private static final Pattern NEXT_HOP_URI =
            Pattern.compile("sip:" + HOST + "(?:" + PORT + ")?;transport=(?:udp|tcp|tls)");

    private final String key;
    private final String defaultValue;

    @SuppressWarnings("ImmutableEnumChecker") // the checks hold no state
    private final Consumer<String> check;

    Parameter(String key, String defaultValue, Consumer<String> check) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.check = check;
    }

    String key() {
        return key;
    }

    String defaultValue() {
        return defaultValue;
    }

    static @Nullable Parameter find(String key) {
        for (Parameter parameter : values()) {
            if (parameter.key.equals(key)) {
                return parameter;
            }
        }
        return null;
    }

    /** Checks a value; throws IllegalArgumentException that says what is allowed. */
    void check(String value) {
        check.accept(value);
    }

    /** A path: whether a file is there is seen when it is read, with a better message. */
    private static void acceptAny(String value) {
        // nothing to refuse
    }

    private static Consumer<String> oneOf(String... allowed) {
        return value -> {
            for (String one : allowed) {
                if (one.equals(value)) {
                    return;
                }
            }
            throw new IllegalArgumentException(String.join(" or ", allowed) + " expected");
        };
    }

    private static Consumer<String> eachOf(Consumer<String> one) {
        return value -> {
            for (String element : value.split(",", -1)) {
                one.accept(element.trim());
            }
        };
    }

    private static Consumer<String> number(int least, int most) {
        return value -> {
            if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
                throw new IllegalArgumentException(least + " to " + most + " expected");
            }
        };
    }

    private static void requirePublicNames(String value) {
        for (String name : value.split(",", -1)) {
            PublicName.parse(name);
        }
    }

    private static void requireAddresses(String value) {
        if (!NO_CONNECTOR.equals(value)) {
            for (String address : value.split(",", -1)) {
                ConnectorAddress.parse(address);
            }
        }
    }

    private static void requireRealm(String value) {
        Set<String> seen = new HashSet<>();
        for (String realm : value.split(",", -1)) {
            if (!realm.trim().matches("[^\"\\\\:]+") || !seen.add(realm.trim().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "names without quotes, colons and backslashes expected, separated by commas, each once");
            }
        }
    }

    private static void requireAlgorithms(String value) {
        Set<String> seen = new HashSet<>();
        for (String algorithm : value.split(",", -1)) {
            String name = algorithm.trim().toUpperCase(Locale.ROOT);
            oneOf("SHA-256", "SHA-512-256", "MD5", "SHA-256-SESS", "SHA-512-256-SESS", "MD5-SESS")
                    .accept(name);
            if (!seen.add(name)) {
                throw new IllegalArgumentException(
                        "each of SHA-256, SHA-512-256, MD5 and their -sess once at most expected");
            }
        }
    }

    private static void requireLocations(String value) {
        for (String location : value.split(LOCATIONS, -1)) {
            if (!location.trim().matches("(?:jdbc:java:comp/env/.+|(?!jdbc:)[a-z][a-z0-9+.-]*:.+)")) {
                throw new IllegalArgumentException("file:PATH (absolute or relative to the container's base),"
                        + " jdbc:java:comp/env/NAME or the location of an installed store expected, several separated by"
                        + " commas");
            }
        }
    }

    private static void requireNames(String value) {
        for (String name : value.split(",", -1)) {
            if (!isName(name.trim())) {
                throw new IllegalArgumentException("host names and addresses expected, separated by commas");
            }
        }
    }

    private static boolean isName(String name) {
        if (name.matches("[0-9.]+") || name.indexOf(':') >= 0) {
            return name.matches("[0-9A-Fa-f.:]+") && isAddress(name);
        }
        return name.matches("(?:\\*\\.)?[A-Za-z0-9](?:[A-Za-z0-9.-]*)");
    }

    private static boolean isAddress(String literal) {
        try { // digits, dots and colons only: never a look-up
            return InetAddress.getByName(literal).getHostAddress() != null
                    && (literal.indexOf(':') >= 0 || literal.matches("\\d+(?:\\.\\d+){3}"));
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }

    private static void requireTurnUris(String value) {
        for (String uri : value.split(",", -1)) {
            Matcher matcher = TURN_URI.matcher(uri.trim());
            if (!matcher.matches() || !isPort(matcher.group(1)) || !isPort(matcher.group(2))) {
                throw new IllegalArgumentException(
                        "turn:HOST:PORT?transport=udp or tcp, or turns:HOST:PORT?transport=tcp"
                                + " expected, several separated by commas");
            }
        }
    }

    private static boolean isPort(@Nullable String digits) {
        return digits == null || (Integer.parseInt(digits) > 0 && Integer.parseInt(digits) <= 65535);
    }

    private static void requireEmergencyNumbers(String value) {
        for (String number : value.split(",", -1)) {
            if (!value.equals(EmergencyTargets.NO_NUMBERS) && !number.trim().matches("[0-9*#]{2,15}")) {
                throw new IllegalArgumentException(
                        "numbers as they are dialled expected, separated by commas, or " + EmergencyTargets.NO_NUMBERS);
            }
        }
    }

    private static void requireNextHop(String value) {
        Matcher matcher = NEXT_HOP_URI.matcher(value);
        if (!matcher.matches() || !isPort(matcher.group(1))) {
            throw new IllegalArgumentException("sip:HOST:PORT;transport=udp or tcp or tls expected");
        }
    }

    private static void requireEmergency(String value) {
        if (!value.equals("refuse")) {
            try {
                requireNextHop(value);
            } catch (IllegalArgumentException neither) {
                throw new IllegalArgumentException("refuse, or " + neither.getMessage(), neither);
            }
        }
    }

    private static void requireDomain(String value) {
        if (!value.matches("[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")) {
            throw new IllegalArgumentException("a domain such as visited.example expected");
        }
    }

    private static void requireAddressList(String value) {
        for (String address : value.split(",", -1)) {
            if (!address.trim().matches("[0-9A-Fa-f.:]+") || !isAddress(address.trim())) {
                throw new IllegalArgumentException(
                        "addresses separated by commas expected, such as 192.0.2.10,2001:db8::10");
            }
        }
    }

    private static void requireHostAndPort(String value) {
        Matcher matcher = HOST_AND_PORT.matcher(value);
        if (!matcher.matches() || !isPort(matcher.group(1))) {
            throw new IllegalArgumentException("HOST:PORT expected, PORT from 1 to 65535");
        }
    }
}
