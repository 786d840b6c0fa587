package org.pinhole.connector.tls;

import java.io.IOException;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/**
 * Opens encrypted keys: PKCS#8, and OpenSSL's old {@code Proc-Type: 4,ENCRYPTED}. The JDK's ciphers first; BouncyCastle's,
 * which some JDKs do not let in, for what the JDK does not know.
 */
final class EncryptedKey {
    private EncryptedKey() {}

    /** The key, or null when the password is not its own. */
    static @Nullable PrivateKeyInfo open(Object encrypted, char[] password) {
        PrivateKeyInfo key = open(encrypted, password, false);
        return key == null ? open(encrypted, password, true) : key;
    }

    private static @Nullable PrivateKeyInfo open(Object encrypted, char[] password, boolean bouncyCastle) {
        try {
            return encrypted instanceof PEMEncryptedKeyPair
                    ? openOld((PEMEncryptedKeyPair) encrypted, password, bouncyCastle)
                    : openPkcs8((PKCS8EncryptedPrivateKeyInfo) encrypted, password, bouncyCastle);
        } catch (IOException | OperatorCreationException | PKCSException | RuntimeException unopened) {
            return null; // a wrong password shows as any of these, and so does a cipher that is not there
        }
    }

    private static PrivateKeyInfo openOld(PEMEncryptedKeyPair pair, char[] password, boolean bouncyCastle)
            throws IOException {
        JcePEMDecryptorProviderBuilder builder = new JcePEMDecryptorProviderBuilder();
        if (bouncyCastle) {
            builder.setProvider(new BouncyCastleProvider());
        }
        return pair.decryptKeyPair(builder.build(password)).getPrivateKeyInfo();
    }

    private static PrivateKeyInfo openPkcs8(PKCS8EncryptedPrivateKeyInfo key, char[] password, boolean bouncyCastle)
            throws OperatorCreationException, PKCSException {
        JceOpenSSLPKCS8DecryptorProviderBuilder builder = new JceOpenSSLPKCS8DecryptorProviderBuilder();
        if (bouncyCastle) {
            builder.setProvider(new BouncyCastleProvider());
        }
        return key.decryptPrivateKeyInfo(builder.build(password));
    }
}
