package org.pinhole.suite.embedded;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Issues certificates to phones. */
public final class PhoneAuthority {
    private final X500Name name;
    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;

    /** A new one. */
    public PhoneAuthority(String commonName) throws IOException, GeneralSecurityException {
        name = new X500Name("CN=" + commonName);
        certificate = issue(name, keys.getPublic(), true);
    }

    /** Its own certificate, where a connector may read it. */
    public void writeTo(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file);
                JcaPEMWriter pem = new JcaPEMWriter(out)) {
            pem.writeObject(certificate);
        }
    }

    /** What a phone of this name shows: its certificate and ours, whatever authorities it is asked for. */
    KeyManager[] phone(String commonName) throws IOException, GeneralSecurityException {
        KeyPair own = newKeys();
        X509Certificate[] chain = {issue(new X500Name("CN=" + commonName), own.getPublic(), false), certificate};
        return new KeyManager[] {new OneKey(own.getPrivate(), chain)};
    }

    /** A phone of this name, which trusts the authority in that file. */
    public SSLContext context(String commonName, Path caFile) throws IOException, GeneralSecurityException {
        return SipConnection.trusting(caFile, phone(commonName));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private X509Certificate issue(X500Name subject, PublicKey key, boolean authority)
            throws IOException, GeneralSecurityException {
        Instant now = Instant.now();
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.valueOf(System.nanoTime()),
                                    Date.from(now.minus(1, ChronoUnit.HOURS)),
                                    Date.from(now.plus(1, ChronoUnit.DAYS)),
                                    subject,
                                    key)
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new IOException("cannot sign a test certificate", e);
        }
    }

    /** Always the same, where the JDK's own would show nothing to whoever asks for other authorities. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "phone";

        private final PrivateKey key;
        private final X509Certificate[] chain;

        OneKey(PrivateKey key, X509Certificate[] chain) {
            this.key = key;
            this.chain = chain;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {ALIAS};
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
