package org.pinhole.connector.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.math.BigInteger;
import java.security.KeyPair;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.connector.file.PrivateFile;

class PemFilesTest {
    private static final char[] PASSWORD = "open sesame".toCharArray();

    @TempDir
    File folder;

    @Test
    @Tag("P-2")
    void theSameKeyIsReadFromTheOldAndTheNewFormsOfRsaAndEc() throws Exception {
        for (KeyPair pair : new KeyPair[] {TestCertificates.rsa(), TestCertificates.ec()}) {
            String old = TestCertificates.pem(pair.getPrivate());
            String pkcs8 = TestCertificates.pem(new JcaPKCS8Generator(pair.getPrivate(), null));
            String withText = "Private-Key: (256 bit)\npriv:\n  4e:f0\n"
                    + "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + old;

            assertThat(old).contains(" PRIVATE KEY");
            for (String form : new String[] {old, pkcs8, withText}) {
                assertThat(read(form, null)).isEqualTo(TestCertificates.secretOf(pair.getPrivate()));
            }
        }
    }

    @Test
    void encryptedKeysAreOpenedByThePassword() throws Exception {
        for (KeyPair pair : new KeyPair[] {TestCertificates.rsa(), TestCertificates.ec()}) {
            for (String cipher : new String[] {"AES-256-CBC", "DES-EDE3-CBC"}) {
                assertThat(read(oldEncrypted(pair, cipher), PASSWORD))
                        .isEqualTo(TestCertificates.secretOf(pair.getPrivate()));
            }
            assertThat(read(pkcs8Encrypted(pair), PASSWORD)).isEqualTo(TestCertificates.secretOf(pair.getPrivate()));
        }
    }

    @Test
    void aWrongOrMissingPasswordIsSaidWithTheParameterThatNamesIt() throws Exception {
        KeyPair pair = TestCertificates.ec();
        for (String encrypted : new String[] {oldEncrypted(pair, "AES-128-CBC"), pkcs8Encrypted(pair)}) {
            assertThatThrownBy(() -> read(encrypted, "wrong".toCharArray()))
                    .isInstanceOf(TlsFault.class)
                    .hasMessageContaining("pinhole.tls.private-key-password-file does not open the key")
                    .hasMessageContaining("k.pem");
            assertThatThrownBy(() -> read(encrypted, null))
                    .isInstanceOf(TlsFault.class)
                    .hasMessageContaining("set pinhole.tls.private-key-password-file");
        }
    }

    @Test
    void aPasswordFileThatOthersMayReadIsRefused() throws Exception {
        File file = TestCertificates.write(new File(folder, "password"), "open sesame\n");

        assertThat(PrivateFile.password(file.toPath(), "p")).isEqualTo(PASSWORD);
        assertThat(file.setReadable(true, false)).isTrue();
        assertThatThrownBy(() -> PrivateFile.password(file.toPath(), "p")).hasMessageContaining("chmod 600");
    }

    private BigInteger read(String pem, char @Nullable [] password) throws Exception {
        File file = TestCertificates.write(new File(folder, "k.pem"), pem);
        return TestCertificates.secretOf(PemFiles.privateKey(file, "key", password));
    }

    private static String oldEncrypted(KeyPair pair, String cipher) throws Exception {
        String text = TestCertificates.pem(
                pair.getPrivate(),
                new JcePEMEncryptorBuilder(cipher)
                        .setProvider(new BouncyCastleProvider())
                        .build(PASSWORD));
        assertThat(text).contains("Proc-Type: 4,ENCRYPTED");
        return text;
    }

    private static String pkcs8Encrypted(KeyPair pair) throws Exception {
        String text = TestCertificates.encrypted(pair.getPrivate(), PASSWORD);
        assertThat(text).contains("BEGIN ENCRYPTED PRIVATE KEY");
        return text;
    }
}
