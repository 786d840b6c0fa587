package org.pinhole.connector.tls;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certification authority of our own, for a first start without a certificate: ECDSA P-256, kept in one folder so that
 * phones that trust its {@code ca.pem} keep trusting it. Keys are readable by their owner only.
 */
@SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
public final class SelfSignedAuthority {
    private static final long DAY = 24L * 60 * 60 * 1000;
    private static final long CA_DAYS = 3650;
    private static final long LEAF_DAYS = 397; // what clients accept at most
    private static final long RENEW_DAYS = 30;
    private static final X500Name CA_NAME = new X500Name("CN=Pinhole self-signed CA");

    private final File folder;
    private final SecureRandom random;

    /** Keeps its files in this folder, which is made when it is needed. */
    public SelfSignedAuthority(File folder, SecureRandom random) {
        this.folder = folder;
        this.random = random;
    }

    /** What phones must trust. */
    public File caFile() {
        return new File(folder, "ca.pem");
    }

    /** The server's certificate. */
    public File certificateFile() {
        return new File(folder, "certificate.pem");
    }

    /** The server's key. */
    public File keyFile() {
        return new File(folder, "private-key.pem");
    }

    /**
     * Sees to it that a certificate for exactly these names is there and good for a month more.
     *
     * @param names host names and IP addresses
     * @return whether one was made
     * @throws TlsFault when the folder cannot be written or read
     */
    public boolean ensure(List<String> names, Date now) throws TlsFault {
        try {
            if (certificateFile().isFile() && keyFile().isFile() && caFile().isFile() && fits(names, now)) {
                return false;
            }
            makeFolder();
            Authority authority = caFile().isFile() && caKeyFile().isFile() ? existing() : newAuthority(now);
            KeyPair leaf = newKey();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    CA_NAME,
                    serial(),
                    new Date(now.getTime() - DAY),
                    new Date(now.getTime() + LEAF_DAYS * DAY),
                    new X500Name("CN=" + names.get(0)),
                    leaf.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(names));
            X509Certificate certificate = sign(builder, authority.key);
            write(keyFile(), leaf.getPrivate(), "rw-------");
            write(certificateFile(), certificate, "rw-r--r--");
            return true;
        } catch (IOException | GeneralSecurityException | OperatorCreationException fault) {
            throw new TlsFault(
                    folder + ": a self-signed certificate cannot be made there: " + fault.getMessage()
                            + "; make the folder writable for user " + System.getProperty("user.name") + ", or set "
                            + ServerIdentity.CERTIFICATE_FILE + " and " + ServerIdentity.PRIVATE_KEY_FILE,
                    fault);
        }
    }

    /** As the source of a connector's certificate: sees to it, whenever it is asked, that there is a good one. */
    public CertificateSource source(List<String> names) {
        return now -> {
            ensure(names, now);
            return Collections.singletonList(new IdentityFiles(certificateFile(), keyFile()));
        };
    }

    private boolean fits(List<String> names, Date now) throws TlsFault, CertificateParsingException {
        X509Certificate certificate = PemFiles.certificates(certificateFile(), ServerIdentity.CERTIFICATE_FILE)[0];
        Set<String> present = new LinkedHashSet<>();
        Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
        if (entries != null) {
            for (List<?> entry : entries) {
                present.add(canonical(String.valueOf(entry.get(1))));
            }
        }
        boolean lasts = certificate.getNotAfter().getTime() - now.getTime() > RENEW_DAYS * DAY;
        Set<String> wanted = new LinkedHashSet<>();
        names.forEach(name -> wanted.add(canonical(name)));
        return lasts && present.equals(wanted);
    }

    /** One spelling for each IPv6 address. */
    private static String canonical(String name) {
        try {
            return name.indexOf(':') < 0 ? name : InetAddress.getByName(name).getHostAddress();
        } catch (UnknownHostException noAddress) {
            return name;
        }
    }

    private Authority existing() throws TlsFault {
        return new Authority(PemFiles.privateKey(caKeyFile(), "self-signed CA key", null));
    }

    private Authority newAuthority(Date now)
            throws IOException, GeneralSecurityException, OperatorCreationException, CertIOException {
        KeyPair pair = newKey();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                CA_NAME,
                serial(),
                new Date(now.getTime() - DAY),
                new Date(now.getTime() + CA_DAYS * DAY),
                CA_NAME,
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        write(caKeyFile(), pair.getPrivate(), "rw-------");
        write(caFile(), sign(builder, pair.getPrivate()), "rw-r--r--");
        return new Authority(pair.getPrivate());
    }

    private File caKeyFile() {
        return new File(folder, "ca-key.pem");
    }

    private KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private BigInteger serial() {
        return new BigInteger(127, random).add(BigInteger.ONE);
    }

    private static GeneralNames alternativeNames(List<String> names) {
        GeneralName[] entries = new GeneralName[names.size()];
        for (int i = 0; i < entries.length; i++) {
            String name = names.get(i);
            boolean address = name.matches("[0-9.]+") || name.indexOf(':') >= 0;
            entries[i] = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
        }
        return new GeneralNames(entries);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    private void makeFolder() throws IOException {
        Path path = folder.toPath();
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            if (posix(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    /** Writes beside and renames, so that a stop in between leaves the old file; never readable wider than meant. */
    private static void write(File file, Object entry, String mode) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(entry instanceof PrivateKey ? new JcaPKCS8Generator((PrivateKey) entry, null) : entry);
        }
        Path folder = file.toPath().toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(folder, ".new", ".pem"); // created for its owner only
        Files.write(fresh, text.toString().getBytes(StandardCharsets.US_ASCII));
        if (posix(fresh)) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
        }
        Files.move(fresh, file.toPath(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** What signs. */
    private static final class Authority {
        private final PrivateKey key;

        Authority(PrivateKey key) {
            this.key = key;
        }
    }
}
