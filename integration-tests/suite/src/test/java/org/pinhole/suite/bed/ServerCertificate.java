package org.pinhole.suite.bed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.pinhole.suite.peer.Foreign;

/** A self-signed certificate and its key, as an operator makes them with openssl. */
record ServerCertificate(Path certificate, Path key) {
    private static final Duration SOON = Duration.ofSeconds(30);

    static ServerCertificate selfSigned(Path folder, String name) throws IOException, InterruptedException {
        Path certificate = folder.resolve(name + ".pem");
        Path key = folder.resolve(name + ".key");
        try (Foreign openssl = Foreign.start(
                folder,
                "openssl",
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString(),
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=DNS:" + name)) {
            openssl.awaitSuccess(SOON);
        }
        return new ServerCertificate(certificate, key);
    }
}
