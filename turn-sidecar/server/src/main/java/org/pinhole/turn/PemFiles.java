package org.pinhole.turn;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a certificate chain and its key from PEM, and tells before anything listens when they do not fit. */
final class PemFiles {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private PemFiles() {}

    static TlsIdentity read(Path certificateFile, Path keyFile) throws StartException {
        List<X509Certificate> chain = certificates(certificateFile);
        PrivateKey key = key(keyFile);
        requireMatch(chain.get(0), key, certificateFile, keyFile);
        return new TlsIdentity(key, chain);
    }

    private static List<X509Certificate> certificates(Path file) throws StartException {
        byte[] pem = OperatorFiles.read("--certificate-file", file);
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                chain.add((X509Certificate) certificate);
            }
        } catch (GeneralSecurityException e) {
            throw new StartException(
                    "--certificate-file %s: not a PEM certificate chain; give the server's certificate first, then its issuers"
                            .formatted(file),
                    e);
        }
        if (chain.isEmpty()) {
            throw new StartException("--certificate-file %s: holds no certificate".formatted(file));
        }
        return chain;
    }

    private static PrivateKey key(Path file) throws StartException {
        String pem = new String(OperatorFiles.read("--private-key-file", file), StandardCharsets.US_ASCII);
        Matcher block = PKCS8.matcher(pem);
        if (!block.find()) {
            throw new StartException(
                    "--private-key-file %s: no unencrypted PKCS#8 key ('BEGIN PRIVATE KEY'); convert it: openssl pkcs8 -topk8 -nocrypt -in %s -out NEW"
                            .formatted(file, file));
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(1)));
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (GeneralSecurityException e) {
                // the next algorithm may be the one
            }
        }
        throw new StartException("--private-key-file %s: neither an EC, an RSA nor an Ed25519 key".formatted(file));
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
        throw new StartException(
                "--private-key-file %s does not belong to the first certificate of --certificate-file %s (%s)"
                        .formatted(keyFile, certificateFile, leaf.getSubjectX500Principal()));
    }
}
