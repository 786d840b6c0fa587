package org.pinhole.connector.hook;

import java.io.File;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.bridge.DeploymentRefused;
import org.pinhole.connector.tls.CertificatePlaces;
import org.pinhole.connector.tls.CertificateSource;
import org.pinhole.connector.tls.ClientTrust;
import org.pinhole.connector.tls.SelfSignedAuthority;
import org.pinhole.connector.tls.ServerTls;
import org.pinhole.connector.tls.TicketKeyFile;
import org.pinhole.connector.tls.TlsFault;
import org.pinhole.connector.tls.TlsFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From an application's {@code pinhole.tls.*} settings to the TLS side of its connectors. */
final class TlsPlan {
    private static final Logger LOG = LoggerFactory.getLogger(TlsPlan.class);

    private final String application;
    private final Settings settings;
    private final ContainerFiles files;
    private final List<String> publicHosts;

    private TlsPlan(String application, Settings settings, ContainerFiles files, List<String> publicHosts) {
        this.publicHosts = publicHosts;
        this.application = application;
        this.settings = settings;
        this.files = files;
    }

    /**
     * Reads all files; a certificate is made when none is given.
     *
     * @param publicHosts what a certificate that is made is for, beside its configured names
     * @param trusts whose certificates the connectors take
     * @throws DeploymentRefused naming the parameter or the file, and what to do
     */
    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    static ServerTls open(
            String application,
            Settings settings,
            ContainerFiles files,
            List<String> publicHosts,
            List<ClientTrust> trusts,
            Date now) {
        TlsPlan plan = new TlsPlan(application, settings, files, publicHosts);
        try {
            return ServerTls.open(
                    new TlsFiles(
                            plan.certificates(now),
                            plan.file(Parameter.PRIVATE_KEY_PASSWORD_FILE),
                            trusts,
                            plan.ticketKeys()),
                    now);
        } catch (TlsFault fault) {
            throw new DeploymentRefused(application + ": " + fault.getMessage());
        }
    }

    @SuppressWarnings("JavaUtilDate") // as above
    private CertificateSource certificates(Date now) throws TlsFault {
        List<File> certificates = files(Parameter.CERTIFICATE_FILE);
        List<File> keys = files(Parameter.PRIVATE_KEY_FILE);
        boolean folder = certificates.size() == 1 && certificates.get(0).isDirectory();
        if (certificates.isEmpty() && keys.isEmpty()) {
            return selfSigned(now);
        }
        if (certificates.isEmpty() || (keys.isEmpty() && !folder)) {
            Parameter missing = keys.isEmpty() ? Parameter.PRIVATE_KEY_FILE : Parameter.CERTIFICATE_FILE;
            Parameter present = keys.isEmpty() ? Parameter.CERTIFICATE_FILE : Parameter.PRIVATE_KEY_FILE;
            throw new DeploymentRefused(application + ": " + missing.key() + " is not set, but " + present.key() + "="
                    + settings.get(present) + " is; set both, or neither");
        }
        return CertificatePlaces.of(certificates, keys);
    }

    @SuppressWarnings("JavaUtilDate") // as above
    private CertificateSource selfSigned(Date now) throws TlsFault {
        SelfSignedAuthority authority = new SelfSignedAuthority(files.ownFolder(), new SecureRandom());
        List<String> names = texts(Parameter.SELF_SIGNED_NAMES);
        for (String host : publicHosts) {
            if (!names.contains(host)) {
                names.add(host);
            }
        }
        String outcome = authority.ensure(names, now) ? "has been made" : "is used";
        LOG.warn(
                "NO CERTIFICATE IS CONFIGURED: a self-signed one for {} {}. Phones must trust {}. For service, set {}"
                        + " and {}.",
                new Object[] {
                    names,
                    outcome,
                    authority.caFile(),
                    Parameter.CERTIFICATE_FILE.key(),
                    Parameter.PRIVATE_KEY_FILE.key()
                });
        return authority.source(names);
    }

    private TicketKeyFile ticketKeys() {
        long hours = Long.parseLong(settings.get(Parameter.TICKET_ROTATION_HOURS));
        return new TicketKeyFile(
                files.resolve(settings.get(Parameter.TICKET_KEYS_FILE)), Duration.ofHours(hours), new SecureRandom());
    }

    private @Nullable File file(Parameter parameter) {
        String path = settings.get(parameter);
        return path.isEmpty() ? null : files.resolve(path);
    }

    private List<File> files(Parameter parameter) {
        List<File> found = new ArrayList<>();
        for (String path : settings.get(parameter).isEmpty() ? Collections.<String>emptyList() : texts(parameter)) {
            found.add(files.resolve(path));
        }
        return found;
    }

    private List<String> texts(Parameter parameter) {
        List<String> texts = new ArrayList<>();
        for (String text : settings.get(parameter).split(",", -1)) {
            texts.add(text.trim());
        }
        return texts;
    }
}
