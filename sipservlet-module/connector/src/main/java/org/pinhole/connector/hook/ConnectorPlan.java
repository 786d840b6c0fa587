package org.pinhole.connector.hook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Transport;
import org.pinhole.bridge.DeploymentRefused;
import org.pinhole.connector.keepalive.KeepAlive;
import org.pinhole.connector.limit.Caps;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Deadlines;
import org.pinhole.connector.limit.Limits;
import org.pinhole.connector.limit.MessageLimits;
import org.pinhole.connector.proxyprotocol.ProxySources;
import org.pinhole.connector.tls.ClientTrust;
import org.pinhole.connector.tls.ServerTls;
import org.pinhole.connector.transport.ConnectorAddress;
import org.pinhole.connector.transport.ConnectorSettings;
import org.pinhole.connector.transport.EdgeSettings;
import org.pinhole.connector.transport.PublicName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one application asks for, checked as far as that is possible before anything listens: names, files, keys. */
final class ConnectorPlan {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorPlan.class);
    private static final String FILE = "file:";
    /** What a phone that pings at its last moment may be late. */
    private static final int MISSED_PING_SECONDS = 32;

    private final String application;
    private final List<ConnectorSettings> connectors;
    private final @Nullable ServerTls tls;

    private ConnectorPlan(String application, List<ConnectorSettings> connectors, @Nullable ServerTls tls) {
        this.application = application;
        this.connectors = connectors;
        this.tls = tls;
    }

    String application() {
        return application;
    }

    List<ConnectorSettings> connectors() {
        return connectors;
    }

    /** What all its encrypted connectors share; null when it has none. */
    @Nullable
    ServerTls tls() {
        return tls;
    }

    /** Makes the plan; a certificate is made for it when none is given. */
    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    static ConnectorPlan of(String application, Settings given, ContainerFiles files, Date now) {
        Settings settings = completed(given, files);
        TurnSecrets.require(application, settings);
        requireWayToPhones(application, settings);
        PcscfPlan.require(application, settings);
        String untold = NextHopTrust.warning(settings);
        if (untold != null) {
            LOG.warn("{}: {}", application, untold);
        }
        if (Parameter.NO_CONNECTOR.equals(settings.get(Parameter.CONNECTOR))) {
            return new ConnectorPlan(application, Collections.emptyList(), null);
        }
        Map<String, String> all = settings.asMap();
        List<ConnectorSettings> connectors = new ArrayList<>();
        List<ConnectorAddress> addresses = addresses(application, settings);
        List<ClientTrust> trusts = TlsClients.of(application, settings, files, addresses);
        ServerTls tls = null; // one for all connectors of the application, and only when one of them is encrypted
        for (int i = 0; i < addresses.size(); i++) {
            ConnectorAddress address = addresses.get(i);
            boolean secure = address.transport() == Transport.TLS;
            if (secure && tls == null) {
                tls = TlsPlan.open(application, settings, files, publicHosts(settings), trusts, now);
            }
            connectors.add(new ConnectorSettings(
                    address,
                    secure && tls != null ? tls.asking(trusts.get(i)) : null,
                    KeepAlive.parse(settings.get(Parameter.KEEP_ALIVE_SECONDS))
                            .withGrace(settings.number(Parameter.KEEP_ALIVE_GRACE_SECONDS)),
                    EdgeSettings.of(all),
                    limits(application, settings),
                    proxies(application, address, settings),
                    all));
        }
        return new ConnectorPlan(application, Collections.unmodifiableList(connectors), tls);
    }

    /** Who keeps the bindings reaches phones by Contacts that lead to their flows, within dialogs too. */
    static void requireWayToPhones(String application, Settings settings) {
        String contact = settings.get(Parameter.CONTACT);
        if ("registrar".equals(settings.get(Parameter.ROLE)) && !"rewrite".equals(contact)) {
            throw new DeploymentRefused(application + ": " + Parameter.CONTACT.key() + "=" + contact + ": is for "
                    + Parameter.ROLE.key() + "=edge, whose registrar is another; rewrite expected");
        }
    }

    /** Where to listen, and what the world calls it: one public name for all connectors, or one for each. */
    private static List<ConnectorAddress> addresses(String application, Settings settings) {
        List<ConnectorAddress> addresses = new ArrayList<>();
        for (String text : settings.get(Parameter.CONNECTOR).split(",", -1)) {
            addresses.add(ConnectorAddress.parse(text));
        }
        List<PublicName> names = publicNames(settings);
        if (names.isEmpty()) {
            return addresses;
        }
        boolean oneForAll =
                names.size() == 1 && (addresses.size() == 1 || !names.get(0).hasPort());
        if (!oneForAll && names.size() != addresses.size()) {
            throw new DeploymentRefused(application + ": " + Parameter.PUBLIC_NAME.key() + "="
                    + settings.get(Parameter.PUBLIC_NAME) + ": " + addresses.size()
                    + " connectors cannot share it; name one HOST for all, or one HOST:PORT for each, in their order");
        }
        for (int i = 0; i < addresses.size(); i++) {
            addresses.set(i, addresses.get(i).as(names.get(oneForAll ? 0 : i)));
        }
        return addresses;
    }

    private static List<String> publicHosts(Settings settings) {
        List<String> hosts = new ArrayList<>();
        for (PublicName name : publicNames(settings)) {
            hosts.add(name.host());
        }
        return hosts;
    }

    private static List<PublicName> publicNames(Settings settings) {
        List<PublicName> names = new ArrayList<>();
        if (!settings.get(Parameter.PUBLIC_NAME).isEmpty()) {
            for (String name : settings.get(Parameter.PUBLIC_NAME).split(",", -1)) {
                names.add(PublicName.parse(name));
            }
        }
        return names;
    }

    /** Fills in the defaults that depend on something else. */
    static Settings completed(Settings given, ContainerFiles files) {
        Settings settings = PcscfPlan.completed(given);
        if (settings.get(Parameter.DIGEST_REALM).isEmpty()) {
            settings = settings.with(Parameter.DIGEST_REALM, hostName());
        }
        settings = settings.with(Parameter.CREDENTIALS, absolute(settings.get(Parameter.CREDENTIALS), files));
        settings = settings.with(
                Parameter.FLOW_TOKEN_KEYS_FILE,
                files.resolve(settings.get(Parameter.FLOW_TOKEN_KEYS_FILE)).getPath());
        for (Parameter secret : TurnSecrets.FILES) {
            String file = settings.get(secret);
            settings = file.isEmpty()
                    ? settings
                    : settings.with(secret, files.resolve(file).getPath());
        }
        return settings;
    }

    private static String absolute(String locations, ContainerFiles files) {
        List<String> all = new ArrayList<>();
        for (String each : locations.split(Parameter.LOCATIONS, -1)) {
            String location = each.trim();
            boolean file = location.startsWith(FILE);
            all.add(
                    file
                            ? FILE
                                    + files.resolve(location.substring(FILE.length()))
                                            .getPath()
                            : location);
        }
        return String.join(",", all);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    private static ProxySources proxies(String application, ConnectorAddress address, Settings settings) {
        ProxySources proxies = ProxySources.parse(settings.get(Parameter.PROXY_SOURCES));
        if (address.isProxied() && proxies.isEmpty()) {
            throw new DeploymentRefused(application + ": " + Parameter.CONNECTOR.key() + "=" + address + ": "
                    + Parameter.PROXY_SOURCES.key()
                    + " is not set, so nobody could connect; list the addresses of the proxies, such as 127.0.0.1");
        }
        return proxies;
    }

    static Limits limits(String application, Settings settings) {
        int idleSeconds = settings.number(Parameter.IDLE_SECONDS);
        String keepAlive = settings.get(Parameter.KEEP_ALIVE_SECONDS);
        int interval = KeepAlive.parse(keepAlive).longestSeconds();
        int least = interval + Math.max(MISSED_PING_SECONDS, settings.number(Parameter.KEEP_ALIVE_GRACE_SECONDS));
        if (interval > 0 && idleSeconds < least) {
            throw new DeploymentRefused(application + ": " + Parameter.IDLE_SECONDS.key() + "=" + idleSeconds
                    + ": phones that ping every " + interval + " s would be cut off; at least " + least
                    + " expected with " + Parameter.KEEP_ALIVE_SECONDS.key() + "=" + keepAlive);
        }
        return new Limits(
                new ConnectionLimits(
                        new Caps(
                                settings.number(Parameter.MAX_CONNECTIONS),
                                settings.number(Parameter.MAX_CONNECTIONS_PER_SOURCE),
                                settings.number(Parameter.MAX_CONNECTIONS_PER_NETWORK)),
                        new Caps(
                                settings.number(Parameter.MAX_HANDSHAKES),
                                settings.number(Parameter.MAX_HANDSHAKES_PER_SOURCE),
                                settings.number(Parameter.MAX_HANDSHAKES_PER_NETWORK)),
                        new Caps(
                                settings.number(Parameter.MAX_STRANGERS),
                                settings.number(Parameter.MAX_STRANGERS_PER_SOURCE),
                                settings.number(Parameter.MAX_STRANGERS_PER_NETWORK))),
                new Deadlines(
                        settings.number(Parameter.HANDSHAKE_SECONDS),
                        settings.number(Parameter.FIRST_MESSAGE_SECONDS),
                        idleSeconds),
                new MessageLimits(
                        settings.number(Parameter.MAX_HEADER_BYTES),
                        settings.number(Parameter.MAX_MESSAGE_BYTES),
                        settings.number(Parameter.MAX_HEADERS)));
    }
}
