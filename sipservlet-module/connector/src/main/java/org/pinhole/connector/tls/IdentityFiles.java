package org.pinhole.connector.tls;

import java.io.File;

/** Where one certificate and its key are. */
final class IdentityFiles {
    private final File certificate;
    private final File key;

    IdentityFiles(File certificate, File key) {
        this.certificate = certificate;
        this.key = key;
    }

    File certificate() {
        return certificate;
    }

    File key() {
        return key;
    }
}
