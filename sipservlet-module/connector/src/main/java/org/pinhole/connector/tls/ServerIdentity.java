package org.pinhole.connector.tls;

import java.io.File;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A certificate chain and the private key that belongs to it. Checked when made; immutable. */
final class ServerIdentity {
    static final String CERTIFICATE_FILE = "pinhole.tls.certificate-file";
    static final String PRIVATE_KEY_FILE = "pinhole.tls.private-key-file";
    static final String PASSWORD_FILE = "pinhole.tls.private-key-password-file";

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private final File file;
    private final X509Certificate[] chain;
    private final PrivateKey key;
    private final Set<String> names;

    private ServerIdentity(File file, X509Certificate[] chain, PrivateKey key) throws CertificateParsingException {
        this.file = file;
        this.chain = chain;
        this.key = key;
        this.names = namesIn(chain[0]);
    }

    /**
     * Reads both files.
     *
     * @param password of an encrypted key; null when none is known
     * @throws TlsFault when a file is unreadable, or the key is not the certificate's
     */
    static ServerIdentity read(IdentityFiles files, char @Nullable [] password) throws TlsFault {
        File certificateFile = files.certificate();
        X509Certificate[] chain = PemFiles.certificates(certificateFile, CERTIFICATE_FILE);
        PrivateKey key = PemFiles.privateKey(files.key(), PRIVATE_KEY_FILE, password);
        if (!belongTogether(chain[0], key, files.key())) {
            throw new TlsFault(PRIVATE_KEY_FILE + " " + files.key()
                    + ": is not the key of the first certificate in " + certificateFile
                    + "; name the pair that was made together");
        }
        try {
            return new ServerIdentity(certificateFile, chain, key);
        } catch (CertificateParsingException odd) {
            throw new TlsFault(
                    CERTIFICATE_FILE + " " + certificateFile + ": its alternative names cannot be read: "
                            + odd.getMessage(),
                    odd);
        }
    }

    private static Set<String> namesIn(X509Certificate certificate) throws CertificateParsingException {
        Set<String> names = new LinkedHashSet<>();
        Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
        if (entries != null) {
            for (List<?> entry : entries) {
                Object type = entry.get(0);
                if (Integer.valueOf(DNS_NAME).equals(type)
                        || Integer.valueOf(IP_ADDRESS).equals(type)) {
                    names.add(String.valueOf(entry.get(1)).toLowerCase(Locale.ROOT));
                }
            }
        }
        return Collections.unmodifiableSet(names);
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

    /** Whether phones refuse it by then for its age. */
    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    boolean hasExpired(Date now) {
        return now.after(chain[0].getNotAfter());
    }

    /** The subject's alternative names, in lower case: hosts, wildcards, addresses. */
    Set<String> names() {
        return names;
    }

    KeyKind kind() {
        return KeyKind.of(chain[0].getPublicKey());
    }

    /** Where the certificate came from. */
    File file() {
        return file;
    }

    X509Certificate certificate() {
        return chain[0];
    }

    X509Certificate[] chain() {
        return chain.clone();
    }

    PrivateKey key() {
        return key;
    }
}
