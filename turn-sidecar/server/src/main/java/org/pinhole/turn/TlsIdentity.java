package org.pinhole.turn;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A private key and the certificates that vouch for it, leaf first. */
record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {

    @Override
    public String toString() {
        return "certificate of " + chain.get(0).getSubjectX500Principal();
    }
}
