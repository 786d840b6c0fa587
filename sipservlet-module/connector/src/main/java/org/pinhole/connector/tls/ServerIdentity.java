package org.pinhole.connector.tls;

import java.io.File;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.Date;

/** A certificate chain and the private key that belongs to it. Checked when made; immutable. */
public final class ServerIdentity {
    static final String CERTIFICATE_FILE = "pinhole.tls.certificate-file";
    static final String PRIVATE_KEY_FILE = "pinhole.tls.private-key-file";

    private final X509Certificate[] chain;
    private final PrivateKey key;

    private ServerIdentity(X509Certificate[] chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /**
     * Reads both files.
     *
     * @param now the time at which the certificate must be valid
     * @throws TlsFault when a file is unreadable, or the key is not the certificate's, or the certificate has expired
     */
    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    public static ServerIdentity read(File certificateFile, File keyFile, Date now) throws TlsFault {
        X509Certificate[] chain = PemFiles.certificates(certificateFile, CERTIFICATE_FILE);
        PrivateKey key = PemFiles.privateKey(keyFile, PRIVATE_KEY_FILE);
        if (!belongTogether(chain[0], key, keyFile)) {
            throw new TlsFault(PRIVATE_KEY_FILE + " " + keyFile + ": is not the key of the first certificate in "
                    + certificateFile + "; name the pair that was made together");
        }
        if (now.after(chain[0].getNotAfter())) {
            throw new TlsFault(
                    CERTIFICATE_FILE + " " + certificateFile + ": expired on " + chain[0].getNotAfter() + "; renew it");
        }
        return new ServerIdentity(chain, key);
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key, File keyFile) throws TlsFault {
        String publicAlgorithm = certificate.getPublicKey().getAlgorithm();
        boolean ec = "EC".equals(publicAlgorithm);
        boolean sameKind = ec ? key.getAlgorithm().startsWith("EC") : publicAlgorithm.equals(key.getAlgorithm());
        if (!sameKind) {
            return false;
        }
        String algorithm = ec ? "SHA256withECDSA" : "SHA256with" + publicAlgorithm;
        byte[] challenge = {1, 2, 3};
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(challenge);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(challenge);
            return verifier.verify(signature);
        } catch (SignatureException anotherSize) {
            return false;
        } catch (GeneralSecurityException unusable) {
            throw new TlsFault(
                    PRIVATE_KEY_FILE + " " + keyFile + ": a " + key.getAlgorithm()
                            + " key, which cannot be used here; make an RSA or EC (P-256) key and a certificate for it",
                    unusable);
        }
    }

    X509Certificate[] chain() {
        return chain.clone();
    }

    PrivateKey key() {
        return key;
    }
}
