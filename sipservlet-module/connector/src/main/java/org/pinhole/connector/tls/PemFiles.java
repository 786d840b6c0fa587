package org.pinhole.connector.tls;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * Reads certificate chains and private keys from PEM files: PKCS#1, PKCS#8, SEC1; RSA and EC; encrypted or not. What else
 * stands in such a file (curve parameters, text) is passed over.
 */
final class PemFiles {
    private PemFiles() {}

    static X509Certificate[] certificates(File file, String parameter) throws TlsFault {
        List<X509Certificate> chain = new ArrayList<>();
        for (Object entry : entries(file, parameter)) {
            if (entry instanceof X509CertificateHolder) {
                try {
                    chain.add(new JcaX509CertificateConverter().getCertificate((X509CertificateHolder) entry));
                } catch (GeneralSecurityException unreadable) {
                    throw new TlsFault(
                            parameter + " " + file + ": a certificate in it cannot be read: " + unreadable.getMessage(),
                            unreadable);
                }
            }
        }
        if (chain.isEmpty()) {
            throw new TlsFault(parameter + " " + file + ": no certificate in it; a PEM file with one certificate or"
                    + " more is expected, for a server its own first, then its issuers");
        }
        return chain.toArray(new X509Certificate[0]);
    }

    /** @param password of an encrypted key; null when none is known */
    static PrivateKey privateKey(File file, String parameter, char @Nullable [] password) throws TlsFault {
        for (Object entry : entries(file, parameter)) {
            try {
                PrivateKeyInfo key = keyIn(entry, file, parameter, password);
                if (key != null) {
                    return new JcaPEMKeyConverter().getPrivateKey(key);
                }
            } catch (IOException unreadable) {
                throw new TlsFault(
                        parameter + " " + file + ": the key cannot be read: " + unreadable.getMessage(), unreadable);
            }
        }
        throw new TlsFault(parameter + " " + file + ": no private key in it; a PEM file is expected");
    }

    private static @Nullable PrivateKeyInfo keyIn(Object entry, File file, String parameter, char @Nullable [] password)
            throws TlsFault {
        if (entry instanceof PEMKeyPair) {
            return ((PEMKeyPair) entry).getPrivateKeyInfo();
        }
        if (entry instanceof PrivateKeyInfo) {
            return (PrivateKeyInfo) entry;
        }
        if (!(entry instanceof PEMEncryptedKeyPair) && !(entry instanceof PKCS8EncryptedPrivateKeyInfo)) {
            return null;
        }
        if (password == null) {
            throw new TlsFault(parameter + " " + file + ": the key is encrypted; write its password into a file of mode"
                    + " 0600 and set " + ServerIdentity.PASSWORD_FILE + " to it");
        }
        PrivateKeyInfo key = EncryptedKey.open(entry, password);
        if (key == null) {
            throw new TlsFault(parameter + " " + file + ": the password in " + ServerIdentity.PASSWORD_FILE
                    + " does not open the key");
        }
        return key;
    }

    private static List<Object> entries(File file, String parameter) throws TlsFault {
        if (!file.isFile()) {
            throw new TlsFault(parameter + " " + file + ": no such file");
        }
        if (!file.canRead()) {
            throw new TlsFault(parameter + " " + file + ": not readable by user " + System.getProperty("user.name")
                    + "; check its owner and mode");
        }
        try (Reader reader = new InputStreamReader(new FileInputStream(file), StandardCharsets.US_ASCII);
                PEMParser parser = new PEMParser(reader)) {
            List<Object> entries = new ArrayList<>();
            for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
                entries.add(entry);
            }
            return entries;
        } catch (IOException | RuntimeException notPem) { // the parser throws both for bytes that are no PEM
            throw new TlsFault(parameter + " " + file + ": not a PEM file: " + notPem.getMessage(), notPem);
        }
    }
}
