package org.pinhole.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.auth.KeyLookup;
import org.pinhole.turn.relay.PortRange;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options as they are typed; {@link SettingsReader} makes settings of them. */
final class TurnOptions {
    static final String UDP_LISTEN = "--udp-listen";
    static final String TCP_LISTEN = "--tcp-listen";
    static final String TLS_LISTEN = "--tls-listen";

    @Option(
            names = UDP_LISTEN,
            paramLabel = "A:P",
            description = "Listen for TURN over UDP; may be repeated. Without any listener: 0.0.0.0:3478.")
    List<InetSocketAddress> udpListens = new ArrayList<>();

    @Option(
            names = TCP_LISTEN,
            paramLabel = "A:P",
            description = "Listen for TURN over TCP; may be repeated. Without any listener: 0.0.0.0:3478.")
    List<InetSocketAddress> tcpListens = new ArrayList<>();

    @Option(
            names = TLS_LISTEN,
            paramLabel = "A:P",
            description =
                    "Listen for TURN over TLS, usually port 443; may be repeated. Needs a certificate and its key.")
    List<InetSocketAddress> tlsListens = new ArrayList<>();

    @Option(
            names = "--relay-address",
            paramLabel = "A",
            description = "Address that relays get; one IPv4 and one IPv6 address may be given."
                    + " Default: the address of the first listener, if it is a specific one.")
    List<InetAddress> relayAddresses = new ArrayList<>();

    @Option(
            names = "--external-address",
            paramLabel = "A",
            description = "Address that peers see in the place of the relay address of its family, behind a 1:1 NAT;"
                    + " one IPv4 and one IPv6 address may be given.")
    List<InetAddress> externalAddresses = new ArrayList<>();

    @Option(
            names = "--relay-ports",
            paramLabel = "LO-HI",
            description = "Ports that relays get (default: 49152-65535).")
    PortRange relayPorts = PortRange.DYNAMIC;

    @Option(
            names = "--realm",
            paramLabel = "R",
            description = "Realm of the credentials: the SIP domain, at most 44 bytes. Required.")
    @Nullable
    String realm;

    @Option(
            names = "--user",
            paramLabel = "U:PASSWORD",
            description = "A static user; may be repeated. Everybody on this machine sees it; prefer --user-file.")
    List<String> users = new ArrayList<>();

    @Option(
            names = "--user-file",
            paramLabel = "F",
            description = "Static users as hashes, the SIP side's format: user:realm:MD5HEX"
                    + " and user:realm:SHA256HEX:SHA-256, one per line.")
    @Nullable
    Path userFile;

    @Option(
            names = "--shared-secret-file",
            paramLabel = "F",
            description = "Secrets of expiring credentials, one a line, each of which opens: user 'expiry:user',"
                    + " password base64(HMAC(secret, user)) with SHA-1 or SHA-256. File mode 600.")
    @Nullable
    Path sharedSecretFile;

    @Option(
            names = "--key-lookup",
            paramLabel = "URL",
            description = "Where the SIP application answers for its users' keys; http on loopback only.")
    @Nullable
    String keyLookup;

    @Option(
            names = "--key-lookup-token-file",
            paramLabel = "F",
            description = "Token for the key look-up; the file must be its owner's alone (mode 600).")
    @Nullable
    Path keyLookupTokenFile;

    /** No option: nobody but a test waits longer. */
    Duration keyLookupWithin = KeyLookup.WITHIN;

    @Option(
            names = "--certificate-file",
            paramLabel = "F",
            description = "PEM certificate chain of the TLS listeners, the server's own first. May be repeated,"
                    + " each with its key: clients get the one for the name they ask for, else the first.")
    List<Path> certificateFiles = new ArrayList<>();

    @Option(
            names = "--private-key-file",
            paramLabel = "F",
            description = "PEM private key of the certificate; repeated in the same order.")
    List<Path> privateKeyFiles = new ArrayList<>();

    @Option(
            names = "--private-key-passphrase-file",
            paramLabel = "F",
            description = "Passphrase of the private keys that are encrypted (mode 600).")
    @Nullable
    Path passphraseFile;

    @Option(
            names = "--tls-ticket-key-file",
            paramLabel = "F",
            description = "Keys of TLS session tickets (mode 600, made if it does not exist), so that clients resume"
                    + " their sessions after a restart and at other servers that share it.")
    @Nullable
    Path ticketKeyFile;

    @Option(
            names = "--rfc5766-channels",
            description = "Let clients bind the channels 0x5000 to 0x7FFF too, which RFC 5766 allowed and RFC 8656"
                    + " reserves; coturn's test client needs it.")
    boolean rfc5766Channels;

    @Mixin
    final PolicyOptions policy = new PolicyOptions();

    @Mixin
    final StreamOptions streams = new StreamOptions();

    @Mixin
    final AdminOptions admin = new AdminOptions();

    @Option(names = "--event-loops", paramLabel = "N", description = "Threads that serve (default: one per processor).")
    int eventLoops = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--config",
            paramLabel = "F",
            description = "File of KEY = VALUE lines; keys are these options without dashes. The command line wins.")
    @Nullable
    Path config;

    /** The files that are read again when they change. */
    List<Path> files() {
        List<Path> files = new ArrayList<>(certificateFiles);
        files.addAll(privateKeyFiles);
        Stream.of(userFile, sharedSecretFile, keyLookupTokenFile, passphraseFile, ticketKeyFile, config)
                .filter(Objects::nonNull)
                .forEach(files::add);
        return files;
    }
}
