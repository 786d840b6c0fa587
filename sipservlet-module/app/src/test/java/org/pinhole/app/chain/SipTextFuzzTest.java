package org.pinhole.app.chain;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** The parsers throw nothing but {@link SipFormatException}, whatever they are given. */
class SipTextFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void nameAddressIsTotal(byte[] input) {
        try {
            NameAddress address = NameAddress.parse(new String(input, StandardCharsets.UTF_8));
            SipUri uri = SipUri.parse(address.uri());
            if (!uri.matches(uri)) {
                throw new AssertionError("a URI differs from itself");
            }
        } catch (SipFormatException declared) {
            return;
        }
    }
}
