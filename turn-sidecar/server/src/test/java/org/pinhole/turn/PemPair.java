package org.pinhole.turn;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate and its key, in files as an operator has them. */
record PemPair(X509Bundle bundle, Path certificate, Path key) {

    static PemPair write(Path folder, String name, String... hosts) throws Exception {
        CertificateBuilder builder =
                new CertificateBuilder().subject("CN=" + name).setIsCertificateAuthority(true);
        for (String host : hosts) {
            builder.addSanDnsName(host);
        }
        X509Bundle bundle = builder.buildSelfSigned();
        return new PemPair(bundle, folder.resolve(name + ".pem"), folder.resolve(name + ".key")).rewrite(bundle);
    }

    /** The same files with another certificate in them. */
    PemPair rewrite(X509Bundle other) throws IOException {
        Files.writeString(key, other.getPrivateKeyPEM());
        Files.writeString(certificate, other.getCertificatePEM());
        return new PemPair(other, certificate, key);
    }

    /** Makes TLS connections to whoever has this certificate. */
    SocketFactory sockets() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        try {
            context.init(null, bundle.toTrustManagerFactory().getTrustManagers(), null);
        } catch (Exception e) { // as it is declared there
            throw new GeneralSecurityException(e);
        }
        return context.getSocketFactory();
    }

    List<String> options() {
        return List.of("--certificate-file=" + certificate, "--private-key-file=" + key);
    }
}
