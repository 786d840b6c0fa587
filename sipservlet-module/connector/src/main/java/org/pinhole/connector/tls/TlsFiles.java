package org.pinhole.connector.tls;

import java.io.File;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All files that the TLS side of a connector stands on. */
@SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
public final class TlsFiles {
    private final CertificateSource certificates;
    private final @Nullable File passwordFile;
    private final ClientTrust trust;
    private final TicketKeyFile tickets;

    /**
     * Everything at once.
     *
     * @param passwordFile what opens encrypted keys, or null
     */
    public TlsFiles(
            CertificateSource certificates, @Nullable File passwordFile, ClientTrust trust, TicketKeyFile tickets) {
        this.certificates = certificates;
        this.passwordFile = passwordFile;
        this.trust = trust;
        this.tickets = tickets;
    }

    ClientTrust trust() {
        return trust;
    }

    TicketKeys ticketKeys(Instant now) throws TlsFault {
        return tickets.current(now);
    }

    /** The files whose change means another certificate or authority. */
    List<File> watched(Date now) throws TlsFault {
        List<File> watched = new ArrayList<>();
        for (IdentityFiles files : certificates.files(now)) {
            watched.add(files.certificate());
            watched.add(files.key());
        }
        for (File one : Arrays.asList(passwordFile, trust.caFile())) {
            if (one != null) {
                watched.add(one);
            }
        }
        return watched;
    }

    List<ServerIdentity> identities(Date now) throws TlsFault {
        char[] password =
                passwordFile == null ? null : PrivateFile.password(passwordFile.toPath(), ServerIdentity.PASSWORD_FILE);
        List<ServerIdentity> identities = new ArrayList<>();
        for (IdentityFiles files : certificates.files(now)) {
            identities.add(ServerIdentity.read(files, password, now));
        }
        return identities;
    }
}
