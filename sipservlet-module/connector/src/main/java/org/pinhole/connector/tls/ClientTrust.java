package org.pinhole.connector.tls;

import io.netty.handler.ssl.ClientAuth;
import java.io.File;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether phones are asked for a certificate, and whose certificates are taken. */
public final class ClientTrust {
    static final String CLIENT_CA_FILE = "pinhole.tls.client-ca-file";

    /** Phones are not asked. */
    public static final ClientTrust NONE = new ClientTrust(ClientAuth.NONE, null);

    private final ClientAuth auth;
    private final @Nullable File caFile;

    private ClientTrust(ClientAuth auth, @Nullable File caFile) {
        this.auth = auth;
        this.caFile = caFile;
    }

    /**
     * Phones are asked for a certificate.
     *
     * @param required whether one without is refused; one with a wrong certificate always is
     * @param caFile the authorities whose certificates are taken, PEM
     */
    public static ClientTrust asked(boolean required, File caFile) {
        return new ClientTrust(required ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL, caFile);
    }

    ClientAuth auth() {
        return auth;
    }

    @Nullable
    File caFile() {
        return caFile;
    }

    /** As the file stands now; empty when phones are not asked. */
    X509Certificate[] authorities() throws TlsFault {
        return caFile == null ? new X509Certificate[0] : PemFiles.certificates(caFile, CLIENT_CA_FILE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientTrust
                && ((ClientTrust) other).auth == auth
                && Objects.equals(((ClientTrust) other).caFile, caFile);
    }

    @Override
    public int hashCode() {
        return Objects.hash(auth, caFile);
    }

    /** As in the parameter. */
    @Override
    public String toString() {
        return auth == ClientAuth.REQUIRE ? "required" : auth.name().toLowerCase(Locale.ROOT);
    }
}
