package org.pinhole.turn;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.tls.Identity;

/**
 * Reads a certificate chain and its key from PEM as OpenSSL writes it (PKCS#8, PKCS#1, SEC1; encrypted or not), and tells
 * before anything listens when they do not fit.
 */
final class PemFiles {
    private static final String CERTIFICATE = "--certificate-file";
    private static final String KEY = "--private-key-file";
    private static final String PASSPHRASE = "--private-key-passphrase-file";

    private final @Nullable Path passphraseFile;

    /** The passphrase is one for all keys that are encrypted. */
    PemFiles(@Nullable Path passphraseFile) {
        this.passphraseFile = passphraseFile;
    }

    /** The pair that is given as the how manieth, counted from 0. */
    Identity read(int index, Path certificateFile, Path keyFile) throws StartException {
        List<X509Certificate> chain;
        try {
            chain = certificates(certificateFile);
        } catch (StartException e) {
            throw e.of(CERTIFICATE, index);
        }
        try {
            PrivateKey key = key(keyFile);
            requireMatch(chain.get(0), key, certificateFile, keyFile);
            return new Identity(key, chain);
        } catch (StartException e) {
            throw e.value() == null ? e.of(KEY, index) : e;
        }
    }

    private static List<X509Certificate> certificates(Path file) throws StartException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Object entry : entries(CERTIFICATE, file)) {
                if (entry instanceof X509CertificateHolder certificate) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(certificate));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new StartException(
                    "%s %s: a certificate in it cannot be read: %s".formatted(CERTIFICATE, file, e.getMessage()), e);
        }
        if (chain.isEmpty()) {
            throw new StartException(
                    "%s %s: holds no certificate; give a PEM chain, the server's certificate first, then its issuers"
                            .formatted(CERTIFICATE, file));
        }
        return chain;
    }

    private PrivateKey key(Path file) throws StartException {
        for (Object entry : entries(KEY, file)) {
            PrivateKeyInfo key = keyIn(entry, file);
            if (key != null) {
                return converted(key, file);
            }
        }
        throw new StartException("%s %s: holds no private key; a PEM file is expected".formatted(KEY, file));
    }

    private static PrivateKey converted(PrivateKeyInfo key, Path file) throws StartException {
        try {
            return new JcaPEMKeyConverter().getPrivateKey(key);
        } catch (PEMException e) {
            throw new StartException("%s %s: neither an EC, an RSA nor an Ed25519 key".formatted(KEY, file), e);
        }
    }

    private @Nullable PrivateKeyInfo keyIn(Object entry, Path file) throws StartException {
        if (entry instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        if (entry instanceof PrivateKeyInfo key) {
            return key;
        }
        return entry instanceof PEMEncryptedKeyPair || entry instanceof PKCS8EncryptedPrivateKeyInfo
                ? decrypted(entry, file)
                : null;
    }

    private PrivateKeyInfo decrypted(Object entry, Path file) throws StartException {
        if (passphraseFile == null) {
            throw new StartException(
                    "%s %s: the key is encrypted; give its passphrase with %s".formatted(KEY, file, PASSPHRASE));
        }
        char[] passphrase = passphrase(passphraseFile);
        try {
            return entry instanceof PEMEncryptedKeyPair pair
                    ? pair.decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                                    .setProvider(new BouncyCastleProvider())
                                    .build(passphrase))
                            .getPrivateKeyInfo()
                    : ((PKCS8EncryptedPrivateKeyInfo) entry)
                            .decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                                    .setProvider(new BouncyCastleProvider())
                                    .build(passphrase));
        } catch (IOException | PKCSException | OperatorCreationException e) {
            throw new StartException(
                    "%s %s: the passphrase in %s %s does not open it".formatted(KEY, file, PASSPHRASE, passphraseFile),
                    e);
        }
    }

    /** What is wrong with its file is not said of the key. */
    private static char[] passphrase(Path file) throws StartException {
        try {
            return OperatorFiles.privateSecret(PASSPHRASE, file).toCharArray();
        } catch (StartException e) {
            throw e.of(PASSPHRASE, 0);
        }
    }

    private static List<Object> entries(String option, Path file) throws StartException {
        String pem = new String(OperatorFiles.read(option, file), StandardCharsets.US_ASCII);
        List<Object> entries = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
                entries.add(entry);
            }
            return entries;
        } catch (IOException | RuntimeException e) { // the parser throws both for bytes that are no PEM
            throw new StartException("%s %s: not a PEM file: %s".formatted(option, file, e.getMessage()), e);
        }
    }

    private static void requireMatch(X509Certificate leaf, PrivateKey key, Path certificateFile, Path keyFile)
            throws StartException {
        String scheme = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
        try {
            byte[] probe = "do they match?".getBytes(StandardCharsets.US_ASCII);
            Signature signer = Signature.getInstance(scheme);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(scheme);
            verifier.initVerify(leaf.getPublicKey());
            verifier.update(probe);
            if (verifier.verify(signature)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            // a key of another algorithm does not match either
        }
        throw new StartException("%s %s does not belong to the first certificate of %s %s (%s)"
                .formatted(KEY, keyFile, CERTIFICATE, certificateFile, leaf.getSubjectX500Principal()));
    }
}
