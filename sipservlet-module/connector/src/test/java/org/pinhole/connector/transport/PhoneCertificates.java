package org.pinhole.connector.transport;

import java.io.File;
import java.io.Writer;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An authority for phones, and what they show of it. */
@SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
final class PhoneCertificates {
    private static final X500Name ISSUER = new X500Name("CN=our phones");
    private static final ASN1ObjectIdentifier FILLING = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

    private final KeyPair keys = keys();
    private final X509Certificate certificate;

    PhoneCertificates() throws Exception {
        certificate = issue(ISSUER, keys.getPublic(), true, Instant.now().plus(Duration.ofDays(1)), 0);
    }

    /** Where a connector may read whose certificates it takes. */
    File writeTo(File folder) throws Exception {
        File file = new File(folder, "phones.pem");
        try (Writer out = Files.newBufferedWriter(file.toPath());
                JcaPEMWriter pem = new JcaPEMWriter(out)) {
            pem.writeObject(certificate);
        }
        return file;
    }

    /**
     * A phone's.
     *
     * @param filling octets in it that mean nothing
     */
    KeyManager[] phone(Instant validUntil, int filling) throws Exception {
        KeyPair own = keys();
        X509Certificate[] chain = {issue(new X500Name("CN=alice"), own.getPublic(), false, validUntil, filling)};
        return new KeyManager[] {new OneKey(own.getPrivate(), chain)};
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private X509Certificate issue(X500Name subject, PublicKey key, boolean authority, Instant validUntil, int filling)
            throws Exception {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        ISSUER,
                        BigInteger.valueOf(System.nanoTime()),
                        Date.from(Instant.now().minus(Duration.ofHours(1))),
                        Date.from(validUntil),
                        subject,
                        key)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (filling > 0) {
            builder.addExtension(FILLING, false, new DEROctetString(new byte[filling]));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    /** Always the same, whatever is asked for. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private final PrivateKey key;
        private final X509Certificate[] chain;

        OneKey(PrivateKey key, X509Certificate[] chain) {
            this.key = key;
            this.chain = chain;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return "phone";
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {"phone"};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.clone();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }
    }
}
