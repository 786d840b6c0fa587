package org.pinhole.turn;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.ChannelData;
import org.pinhole.turn.allocation.QuotaLimits;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.auth.Authenticator;
import org.pinhole.turn.tls.Identity;
import org.pinhole.turn.tls.TicketKeyFile;
import org.pinhole.turn.transport.Listen;
import org.pinhole.turn.transport.StreamLimits;

/** Makes settings of options: reads every file and checks whatever can be checked before anything listens. */
final class SettingsReader {
    private static final InetSocketAddress DEFAULT_LISTEN = new InetSocketAddress("0.0.0.0", 3478);

    private static final int MOST_QUEUE_KILOBYTES = 1024 * 1024;
    private static final int MOST_EVENT_LOOPS = 1024;

    private final TurnOptions options;
    private final InstantSource clock;
    private final UserReader users;

    SettingsReader(TurnOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
        this.users = new UserReader(options, clock);
    }

    TurnSettings read() throws StartException {
        String realm = realm();
        List<Listen> listens = listens();
        return new TurnSettings(
                listens,
                new RelayAddressReader(options).read(listens.get(0).address().getAddress()),
                options.relayPorts,
                realm,
                policy(realm),
                identities(),
                ticketKeyFile(),
                streams(),
                admin(),
                upTo(MOST_EVENT_LOOPS, "--event-loops", options.eventLoops),
                options.rfc5766Channels ? ChannelData.MAX_RFC5766_CHANNEL : ChannelData.MAX_CHANNEL);
    }

    private String realm() throws StartException {
        String realm = options.realm;
        if (realm == null || realm.isBlank()) {
            throw new StartException("--realm is missing; give the SIP domain, for example --realm example.com");
        }
        int bytes = realm.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Authenticator.MAX_REALM_BYTES) {
            throw new StartException("--realm has %d bytes: allowed are %d, so that a challenge to a stranger is short"
                    .formatted(bytes, Authenticator.MAX_REALM_BYTES));
        }
        return realm;
    }

    private List<Listen> listens() {
        List<Listen> listens = new ArrayList<>();
        options.udpListens.forEach(address -> listens.add(new Listen(TransportProtocol.UDP, address)));
        options.tcpListens.forEach(address -> listens.add(new Listen(TransportProtocol.TCP, address)));
        options.tlsListens.forEach(address -> listens.add(new Listen(TransportProtocol.TLS, address)));
        if (listens.isEmpty()) {
            listens.add(new Listen(TransportProtocol.UDP, DEFAULT_LISTEN));
            listens.add(new Listen(TransportProtocol.TCP, DEFAULT_LISTEN));
        }
        return listens;
    }

    private PolicySettings policy(String realm) throws StartException {
        PolicyOptions policy = options.policy;
        RelayAddressReader.requireOneOfEachFamily(
                "--alternate-server",
                policy.alternateServers.stream()
                        .map(InetSocketAddress::getAddress)
                        .toList());
        QuotaLimits quota = new QuotaLimits(
                positive("--user-quota", policy.userQuota),
                notNegative("--total-quota", policy.totalQuota),
                positive("--user-connection-quota", policy.userConnectionQuota),
                notNegative("--total-connection-quota", policy.totalConnectionQuota),
                1024L * notNegative("--user-kilobytes-per-second", policy.userKilobytesPerSecond),
                1024L * notNegative("--total-kilobytes-per-second", policy.totalKilobytesPerSecond));
        return new PolicySettings(
                users.read(realm),
                List.copyOf(policy.allowedPeers),
                List.copyOf(policy.deniedPeers),
                controls(),
                quota,
                notNegative("--unverified-answers-per-second", policy.answersPerSecond),
                new Drain.AlternateServers(List.copyOf(policy.alternateServers), policy.alternateDomain),
                !policy.noTcpRelays);
    }

    /** What is on this machine for the server and its operator alone. */
    private List<InetSocketAddress> controls() throws StartException {
        List<InetSocketAddress> controls = new ArrayList<>();
        if (options.admin.listen != null) {
            controls.add(options.admin.listen);
        }
        if (options.keyLookup != null) {
            URI url = UserReader.requireLoopback(options.keyLookup);
            controls.add(new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort()));
        }
        return controls;
    }

    private @Nullable AdminSettings admin() throws StartException {
        InetSocketAddress listen = options.admin.listen;
        Path tokenFile = options.admin.tokenFile;
        notNegative("--watch-seconds", options.admin.watchSeconds);
        if (listen == null) {
            OperatorFiles.refuseAlone("--admin-token-file", tokenFile, "--admin-listen");
            return null;
        }
        if (!listen.getAddress().isLoopbackAddress()) {
            throw new StartException("--admin-listen %s: allowed is a loopback address, for example 127.0.0.1:9641"
                    .formatted(NetUtil.toSocketAddressString(listen)));
        }
        if (tokenFile == null) {
            throw new StartException("--admin-listen needs --admin-token-file");
        }
        return new AdminSettings(listen, OperatorFiles.privateSecret("--admin-token-file", tokenFile));
    }

    private List<Identity> identities() throws StartException {
        List<Path> certificates = options.certificateFiles;
        List<Path> keys = options.privateKeyFiles;
        if (certificates.size() != keys.size() || (certificates.isEmpty() && !options.tlsListens.isEmpty())) {
            throw new StartException("TLS needs both --certificate-file and --private-key-file,"
                    + " as often the one as the other; seen were %d and %d"
                            .formatted(certificates.size(), keys.size()));
        }
        if (keys.isEmpty()) {
            OperatorFiles.refuseAlone("--private-key-passphrase-file", options.passphraseFile, "--private-key-file");
        }
        PemFiles files = new PemFiles(options.passphraseFile);
        List<Identity> identities = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            identities.add(files.read(i, certificates.get(i), keys.get(i)));
        }
        return identities;
    }

    private @Nullable TicketKeyFile ticketKeyFile() {
        Path file = options.ticketKeyFile;
        return file == null ? null : new TicketKeyFile(file, clock, new SecureRandom());
    }

    private StreamSettings streams() throws StartException {
        StreamOptions streams = options.streams;
        StreamLimits limits = new StreamLimits(
                seconds("--handshake-seconds", streams.handshakeSeconds),
                seconds("--first-message-seconds", streams.firstMessageSeconds),
                seconds("--idle-seconds", streams.idleSeconds),
                seconds("--slow-reader-seconds", streams.slowReaderSeconds),
                Duration.ofMillis(positive("--queue-millis", streams.queueMillis)),
                1024 * upTo(MOST_QUEUE_KILOBYTES, "--queue-kilobytes", streams.queueKilobytes));
        return new StreamSettings(
                limits,
                positive("--max-connections", streams.maxConnections),
                positive("--max-connections-per-source", streams.maxConnectionsPerSource),
                List.copyOf(streams.proxies));
    }

    private static Duration seconds(String option, int value) throws StartException {
        return Duration.ofSeconds(positive(option, value));
    }

    private static int positive(String option, int value) throws StartException {
        if (value < 1) {
            throw new StartException("%s %d: allowed is 1 or more".formatted(option, value));
        }
        return value;
    }

    private static int upTo(int most, String option, int value) throws StartException {
        if (value < 1 || value > most) {
            throw new StartException("%s %d: allowed is 1 to %d".formatted(option, value, most));
        }
        return value;
    }

    private static int notNegative(String option, int value) throws StartException {
        if (value < 0) {
            throw new StartException("%s %d: allowed is 0 or more".formatted(option, value));
        }
        return value;
    }
}
