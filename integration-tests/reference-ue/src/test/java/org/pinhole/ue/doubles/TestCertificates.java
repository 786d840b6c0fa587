package org.pinhole.ue.doubles;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A CA and a server certificate made for one test run, so that no code that trusts all exists anywhere. */
public final class TestCertificates {
    private final X509Certificate ca;
    private final X509Certificate server;
    private final PrivateKey serverKey;
    private final SSLContext serverContext;

    private TestCertificates(
            X509Certificate ca, X509Certificate server, PrivateKey serverKey, SSLContext serverContext) {
        this.ca = ca;
        this.server = server;
        this.serverKey = serverKey;
        this.serverContext = serverContext;
    }

    /** A new CA called {@code caName} and a server certificate of it for these DNS names and IPv4 addresses. */
    public static TestCertificates make(String caName, String... names) {
        try {
            KeyPair caKeys = keys();
            X500Name issuer = new X500Name("CN=" + caName);
            X509Certificate ca = certificate(issuer, caKeys, issuer, caKeys, true);
            KeyPair serverKeys = keys();
            X509Certificate server = certificate(issuer, caKeys, new X500Name("CN=server"), serverKeys, false, names);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", serverKeys.getPrivate(), new char[0], new X509Certificate[] {server, ca});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return new TestCertificates(ca, server, serverKeys.getPrivate(), context);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("no test certificates: " + e.getMessage(), e);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(
            X500Name issuer, KeyPair signer, X500Name subject, KeyPair keys, boolean authority, String... names)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(now.toEpochMilli() + (authority ? 0 : 1)),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                subject,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (names.length > 0) {
            GeneralName[] entries = Arrays.stream(names)
                    .map(name -> new GeneralName(
                            name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, name))
                    .toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(entries));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }

    public SSLContext serverContext() {
        return serverContext;
    }

    /** Writes the CA certificate, PEM. */
    public Path writeCa(Path file) {
        return write(file, ca);
    }

    /** Writes the server's certificate, PEM. */
    public Path writeCertificate(Path file) {
        return write(file, server);
    }

    /** Writes the server's private key, PEM, PKCS#8. */
    public Path writeKey(Path file) {
        return write(file, new PemObject("PRIVATE KEY", serverKey.getEncoded()));
    }

    private static Path write(Path file, Object content) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(content);
            pem.flush();
            return Files.writeString(file, text.toString());
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + file, e);
        }
    }
}
