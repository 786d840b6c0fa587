package org.pinhole.connector.tls;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;

/** What a certificate's key can sign with, and so which clients it suits (RFC 8446 §4.2.3, RFC 5246 §7.4.1.4.1). */
enum KeyKind {
    /** EC on P-256. */
    EC_256(true, 0x0403),
    /** EC on P-384. */
    EC_384(true, 0x0503),
    /** EC on P-521. */
    EC_521(true, 0x0603),
    /** RSA: PSS in both versions, PKCS#1 in TLS 1.2. */
    RSA(false, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601);

    private static final int[] ECDSA_SUITES = {0xC02B, 0xC02C, 0xCCA9};
    private static final int[] RSA_SUITES = {0xC02F, 0xC030, 0xCCA8};

    private final boolean ec;

    @SuppressWarnings("ImmutableEnumChecker") // never written
    private final int[] signatureAlgorithms;

    KeyKind(boolean ec, int... signatureAlgorithms) {
        this.ec = ec;
        this.signatureAlgorithms = signatureAlgorithms;
    }

    static KeyKind of(PublicKey key) {
        if (!(key instanceof ECPublicKey)) {
            return RSA;
        }
        int bits = ((ECPublicKey) key).getParams().getOrder().bitLength();
        return bits <= 256 ? EC_256 : (bits <= 384 ? EC_384 : EC_521);
    }

    boolean isEc() {
        return ec;
    }

    /** Whether a client that said this can verify such a key's signature. */
    boolean suits(ClientHello hello) {
        boolean signature = false;
        for (int algorithm : signatureAlgorithms) {
            signature |= hello.takesSignature(algorithm);
        }
        if (hello.offersVersion13()) {
            return signature;
        }
        boolean suite = false;
        for (int one : ec ? ECDSA_SUITES : RSA_SUITES) {
            suite |= hello.offersSuite(one);
        }
        return signature && suite;
    }
}
