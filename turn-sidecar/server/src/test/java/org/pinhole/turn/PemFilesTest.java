package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys as OpenSSL writes them, old forms and encrypted ones too. */
class PemFilesTest {
    private static final BouncyCastleProvider CRYPTO = new BouncyCastleProvider();

    @TempDir
    Path folder;

    private PemPair pair;
    private PrivateKey key;
    private Path passphrase;

    @BeforeEach
    void aKeyAndAPassphrase() throws Exception {
        X509Bundle rsa = new CertificateBuilder()
                .subject("CN=turn.test")
                .algorithm(CertificateBuilder.Algorithm.rsa2048)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        pair = PemPair.write(folder, "turn").rewrite(rsa);
        key = pair.bundle().getKeyPair().getPrivate();
        passphrase = Files.writeString(folder.resolve("passphrase"), "open sesame\n");
        Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void theOldFormsAreRead() throws Exception {
        store(new JcaMiscPEMGenerator(key));

        assertThat(Files.readString(pair.key())).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertIsRead(new PemFiles(null));
    }

    @Test
    void anEncryptedKeyIsOpenedWithItsPassphrase() throws Exception {
        store(new JcaPKCS8Generator(
                key,
                new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                        .setProvider(CRYPTO)
                        .setPassword("open sesame".toCharArray())
                        .build()));

        assertThat(Files.readString(pair.key())).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertIsRead(new PemFiles(passphrase));
    }

    @Test
    void anEncryptedKeyOfTheOldFormIsOpenedWithItsPassphrase() throws Exception {
        store(new JcaMiscPEMGenerator(
                key,
                new JcePEMEncryptorBuilder("AES-256-CBC").setProvider(CRYPTO).build("open sesame".toCharArray())));

        assertThat(Files.readString(pair.key())).contains("Proc-Type: 4,ENCRYPTED");
        assertIsRead(new PemFiles(passphrase));
    }

    @Test
    void withoutTheRightPassphraseItSaysWhatToDo() throws Exception {
        anEncryptedKeyIsOpenedWithItsPassphrase();

        assertThatThrownBy(() -> new PemFiles(null).read(0, pair.certificate(), pair.key()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("the key is encrypted; give its passphrase with --private-key-passphrase-file");
        Files.writeString(passphrase, "open says me");
        assertThatThrownBy(() -> new PemFiles(passphrase).read(0, pair.certificate(), pair.key()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("does not open it")
                .hasMessageNotContaining("says me");
    }

    private void assertIsRead(PemFiles files) throws StartException {
        assertThat(files.read(0, pair.certificate(), pair.key()).key()).isEqualTo(key);
    }

    private void store(PemObjectGenerator object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        Files.writeString(pair.key(), text.toString());
    }
}
