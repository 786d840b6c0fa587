package org.pinhole.app.digest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.pinhole.app.chain.SipFormatException;

/** The parser throws nothing but {@link SipFormatException}, whatever it is given. */
class DigestCredentialsFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void parseIsTotal(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            read(DigestCredentials.parse(text));
        } catch (SipFormatException declared) {
            return;
        }
    }

    @FuzzTest(maxDuration = "1m")
    void parseIsTotalAfterTheScheme(byte[] input) {
        try {
            read(DigestCredentials.parse("Digest " + new String(input, StandardCharsets.UTF_8)));
        } catch (SipFormatException declared) {
            return;
        }
    }

    private static void read(DigestCredentials credentials) {
        if (credentials.nonceCount() <= 0 || credentials.username().length() > 256) {
            throw new AssertionError("out of bounds");
        }
    }
}
