package org.pinhole.connector.tls;

import java.io.File;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.file.FileFault;
import org.pinhole.connector.file.PrivateFile;

/** All files that the TLS side of an application's connectors stands on. */
@SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
public final class TlsFiles {
    private final CertificateSource certificates;
    private final @Nullable File passwordFile;
    private final Set<ClientTrust> trusts;
    private final TicketKeyFile tickets;

    /**
     * Everything at once.
     *
     * @param passwordFile what opens encrypted keys, or null
     * @param trusts whose certificates phones may show, one for each connector or one for several
     */
    public TlsFiles(
            CertificateSource certificates,
            @Nullable File passwordFile,
            Collection<ClientTrust> trusts,
            TicketKeyFile tickets) {
        this.certificates = certificates;
        this.passwordFile = passwordFile;
        this.trusts = Collections.unmodifiableSet(new LinkedHashSet<>(trusts));
        this.tickets = tickets;
    }

    /** Each once. */
    Set<ClientTrust> trusts() {
        return trusts;
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
        if (passwordFile != null) {
            watched.add(passwordFile);
        }
        for (ClientTrust trust : trusts) {
            File caFile = trust.caFile();
            if (caFile != null) {
                watched.add(caFile);
            }
        }
        return watched;
    }

    /**
     * Those that can be shown to phones, of those that there are.
     *
     * @param inForce what is shown to them so far
     * @throws TlsFault when none can be shown, or one that is named, and was not in force, cannot be read
     */
    Showable identities(Date now, List<ServerIdentity> inForce) throws TlsFault {
        char[] password = password();
        Showable showable = new Showable(inForce, now);
        for (IdentityFiles files : certificates.files(now)) {
            try {
                showable.add(ServerIdentity.read(files, password));
            } catch (TlsFault broken) {
                showable.broken(files, broken, certificates.isSearched());
            }
        }
        return showable.complete();
    }

    private char @Nullable [] password() throws TlsFault {
        try {
            return passwordFile == null
                    ? null
                    : PrivateFile.password(passwordFile.toPath(), ServerIdentity.PASSWORD_FILE);
        } catch (FileFault fault) {
            throw new TlsFault(String.valueOf(fault.getMessage()), fault);
        }
    }
}
