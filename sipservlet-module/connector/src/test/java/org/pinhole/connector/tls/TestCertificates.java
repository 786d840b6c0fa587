package org.pinhole.connector.tls;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptor;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Self-signed pairs, as an operator would have them in files. */
@SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
public final class TestCertificates {
    static final Date NOW = new Date(1_800_000_000_000L);
    static final long DAY = 24L * 60 * 60 * 1000;

    private TestCertificates() {}

    /** One of P-256. */
    public static KeyPair ec() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    static KeyPair rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** A certificate for these names, signed by its own key. */
    public static X509Certificate certificate(KeyPair pair, Date notAfter, String... names) throws Exception {
        X500Name subject = new X500Name("CN=" + names[0]);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject, BigInteger.ONE, new Date(0), notAfter, subject, pair.getPublic());
        GeneralName[] alternatives = new GeneralName[names.length];
        for (int i = 0; i < names.length; i++) {
            alternatives[i] = new GeneralName(GeneralName.dNSName, names[i]);
        }
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
        String algorithm = "EC".equals(pair.getPublic().getAlgorithm()) ? "SHA256withECDSA" : "SHA256withRSA";
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate())));
    }

    /** Writes FOLDER/NAME.crt and FOLDER/NAME.key. */
    static IdentityFiles write(File folder, String name, KeyPair pair, String... names) throws Exception {
        return write(folder, name, pair, new Date(NOW.getTime() + 300 * DAY), names);
    }

    static IdentityFiles write(File folder, String name, KeyPair pair, Date notAfter, String... names)
            throws Exception {
        folder.mkdirs();
        File certificate = new File(folder, name + ".crt");
        File key = new File(folder, name + ".key");
        write(certificate, pem(certificate(pair, notAfter, names)));
        write(key, pem(pair.getPrivate()));
        return new IdentityFiles(certificate, key);
    }

    /** What is in a file of this kind. */
    public static String pem(Object entry) throws IOException {
        return pem(entry, null);
    }

    /** Keys in the form of PKCS#1 and SEC1, as OpenSSL writes them: an EC key with its curve inside. */
    static String pem(Object entry, @Nullable PEMEncryptor encryptor) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(entry instanceof PrivateKey ? withCurve((PrivateKey) entry) : entry, encryptor);
        }
        return text.toString();
    }

    /** A key in the form of PKCS#8, opened by a password. */
    public static String encrypted(PrivateKey key, char[] password) throws Exception {
        return pem(new JcaPKCS8Generator(
                key,
                new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                        .setProvider(new BouncyCastleProvider())
                        .setRandom(new SecureRandom())
                        .setPassword(password)
                        .build()));
    }

    private static PrivateKeyInfo withCurve(PrivateKey key) throws IOException {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        if (!(key instanceof java.security.interfaces.ECPrivateKey)) {
            return info;
        }
        BigInteger secret = ((java.security.interfaces.ECPrivateKey) key).getS();
        ASN1Encodable curve = info.getPrivateKeyAlgorithm().getParameters();
        return new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), new ECPrivateKey(256, secret, curve));
    }

    /** What makes a private key what it is, whatever it was wrapped in. */
    static BigInteger secretOf(PrivateKey key) {
        return key instanceof RSAPrivateKey
                ? ((RSAPrivateKey) key).getPrivateExponent()
                : ((java.security.interfaces.ECPrivateKey) key).getS();
    }

    /** For its owner only. */
    public static File write(File file, String text) throws IOException {
        Files.write(file.toPath(), text.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file.toPath(), PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
