package org.pinhole.connector.hook;

import io.netty.handler.ssl.SslContext;
import java.io.File;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.pinhole.api.Transport;
import org.pinhole.bridge.DeploymentRefused;
import org.pinhole.connector.keepalive.KeepAlive;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Deadlines;
import org.pinhole.connector.limit.Limits;
import org.pinhole.connector.limit.MessageLimits;
import org.pinhole.connector.proxyprotocol.ProxySources;
import org.pinhole.connector.tls.SelfSignedAuthority;
import org.pinhole.connector.tls.ServerIdentity;
import org.pinhole.connector.tls.TlsContexts;
import org.pinhole.connector.tls.TlsFault;
import org.pinhole.connector.transport.ConnectorAddress;
import org.pinhole.connector.transport.ConnectorSettings;
import org.pinhole.connector.transport.PublicName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one application asks for, checked as far as that is possible before anything listens: names, files, keys. */
final class ConnectorPlan {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorPlan.class);

    /** What a phone that pings at its last moment may be late. */
    private static final int MISSED_PING_SECONDS = 32;

    private final String application;
    private final List<ConnectorSettings> connectors;

    private ConnectorPlan(String application, List<ConnectorSettings> connectors) {
        this.application = application;
        this.connectors = connectors;
    }

    String application() {
        return application;
    }

    List<ConnectorSettings> connectors() {
        return connectors;
    }

    /** Makes the plan; a certificate is made for it when none is given. */
    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    static ConnectorPlan of(String application, Settings given, ContainerFiles files, Date now) {
        Settings settings = completed(given, files);
        TurnSecrets.require(application, settings);
        if (Parameter.NO_CONNECTOR.equals(settings.get(Parameter.CONNECTOR))) {
            return new ConnectorPlan(application, Collections.emptyList());
        }
        Map<String, String> all = settings.asMap();
        List<ConnectorSettings> connectors = new ArrayList<>();
        SslContext tls = null;
        for (ConnectorAddress address : addresses(application, settings)) {
            boolean secure = address.transport() == Transport.TLS;
            tls = secure && tls == null ? tls(application, settings, files, now) : tls;
            connectors.add(new ConnectorSettings(
                    address,
                    secure ? tls : null,
                    KeepAlive.parse(settings.get(Parameter.KEEP_ALIVE_SECONDS))
                            .withGrace(settings.number(Parameter.KEEP_ALIVE_GRACE_SECONDS)),
                    "rewrite".equals(settings.get(Parameter.CONTACT)),
                    limits(application, settings),
                    proxies(application, address, settings),
                    all));
        }
        return new ConnectorPlan(application, Collections.unmodifiableList(connectors));
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

    private static List<PublicName> publicNames(Settings settings) {
        List<PublicName> names = new ArrayList<>();
        if (!settings.get(Parameter.PUBLIC_NAME).isEmpty()) {
            for (String name : settings.get(Parameter.PUBLIC_NAME).split(",", -1)) {
                names.add(PublicName.parse(name));
            }
        }
        return names;
    }

    /** One for all connectors of the application; asked for only when one of them is to be encrypted. */
    private static SslContext tls(String application, Settings settings, ContainerFiles files, Date now) {
        try {
            return TlsContexts.server(identity(application, settings, files, now));
        } catch (TlsFault fault) {
            throw new DeploymentRefused(application + ": " + fault.getMessage());
        }
    }

    /** Fills in the defaults that depend on something else. */
    static Settings completed(Settings given, ContainerFiles files) {
        Settings settings = given;
        if (settings.get(Parameter.DIGEST_REALM).isEmpty()) {
            settings = settings.with(Parameter.DIGEST_REALM, hostName());
        }
        String path = settings.get(Parameter.CREDENTIALS).substring("file:".length());
        settings = settings.with(
                Parameter.CREDENTIALS, "file:" + files.resolve(path).getPath());
        for (Parameter secret : TurnSecrets.FILES) {
            String file = settings.get(secret);
            settings = file.isEmpty()
                    ? settings
                    : settings.with(secret, files.resolve(file).getPath());
        }
        return settings;
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

    private static Limits limits(String application, Settings settings) {
        int idleSeconds = settings.number(Parameter.IDLE_SECONDS);
        String keepAlive = settings.get(Parameter.KEEP_ALIVE_SECONDS);
        int late = Math.max(MISSED_PING_SECONDS, settings.number(Parameter.KEEP_ALIVE_GRACE_SECONDS));
        if (keepAlive.matches("[0-9]+") && idleSeconds < Integer.parseInt(keepAlive) + late) {
            throw new DeploymentRefused(application + ": " + Parameter.IDLE_SECONDS.key() + "=" + idleSeconds
                    + ": phones that ping every " + keepAlive + " s would be cut off; at least "
                    + (Integer.parseInt(keepAlive) + late) + " expected with "
                    + Parameter.KEEP_ALIVE_SECONDS.key() + "=" + keepAlive);
        }
        return new Limits(
                new ConnectionLimits(
                        settings.number(Parameter.MAX_CONNECTIONS),
                        settings.number(Parameter.MAX_CONNECTIONS_PER_SOURCE),
                        settings.number(Parameter.MAX_CONNECTIONS_PER_NETWORK),
                        settings.number(Parameter.MAX_HANDSHAKES)),
                new Deadlines(
                        settings.number(Parameter.HANDSHAKE_SECONDS),
                        settings.number(Parameter.FIRST_MESSAGE_SECONDS),
                        idleSeconds),
                new MessageLimits(
                        settings.number(Parameter.MAX_HEADER_BYTES),
                        settings.number(Parameter.MAX_MESSAGE_BYTES),
                        settings.number(Parameter.MAX_HEADERS)));
    }

    private static ServerIdentity identity(String application, Settings settings, ContainerFiles files, Date now)
            throws TlsFault {
        String certificate = settings.get(Parameter.CERTIFICATE_FILE);
        String key = settings.get(Parameter.PRIVATE_KEY_FILE);
        if (certificate.isEmpty() != key.isEmpty()) {
            boolean noKey = key.isEmpty();
            Parameter missing = noKey ? Parameter.PRIVATE_KEY_FILE : Parameter.CERTIFICATE_FILE;
            Parameter present = noKey ? Parameter.CERTIFICATE_FILE : Parameter.PRIVATE_KEY_FILE;
            throw new DeploymentRefused(application + ": " + missing.key() + " is not set, but " + present.key() + "="
                    + settings.get(present) + " is; set both, or neither");
        }
        if (!certificate.isEmpty()) {
            return ServerIdentity.read(files.resolve(certificate), files.resolve(key), now);
        }
        SelfSignedAuthority authority = new SelfSignedAuthority(files.ownFolder(), new SecureRandom());
        List<String> names = new ArrayList<>();
        for (String name : settings.get(Parameter.SELF_SIGNED_NAMES).split(",", -1)) {
            names.add(name.trim());
        }
        for (PublicName name : publicNames(settings)) {
            if (!names.contains(name.host())) {
                names.add(name.host());
            }
        }
        File ca = authority.caFile();
        String outcome = authority.ensure(names, now) ? "has been made" : "is used";
        LOG.warn(
                "NO CERTIFICATE IS CONFIGURED: a self-signed one for {} {}. Phones must trust {}. For service, set {}"
                        + " and {}.",
                new Object[] {names, outcome, ca, Parameter.CERTIFICATE_FILE.key(), Parameter.PRIVATE_KEY_FILE.key()});
        return ServerIdentity.read(authority.certificateFile(), authority.keyFile(), now);
    }
}
