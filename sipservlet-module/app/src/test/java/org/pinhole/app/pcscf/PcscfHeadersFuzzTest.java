package org.pinhole.app.pcscf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import org.pinhole.app.chain.SipFormatException;

/** What phones and the core write is read without a surprise: a value, or {@link SipFormatException}. */
class PcscfHeadersFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void credentialsAreReadAndWrittenWithoutThePhonesWordOnProtection(byte[] input) {
        try {
            String value = RegisterCredentials.parse("Digest " + text(input)).value(null);
            if (!RegisterCredentials.parse(value).value(null).equals(value)) {
                throw new AssertionError("changes when it is read again: " + value);
            }
            String unquoted = value.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "").toLowerCase(Locale.ROOT);
            if (unquoted.matches("(?s).*[, ]integrity-protected\\s*(=.*|,.*|)")) {
                throw new AssertionError("the phone's word on protection is left: " + value);
            }
        } catch (SipFormatException declared) {
            return;
        }
    }

    @FuzzTest(maxDuration = "1m")
    void listsOfIdentitiesAndMechanismsAreReadWhole(byte[] input) {
        try {
            HeaderValues.urisOf(Collections.singletonList(text(input))).forEach(PublicIdentity::find);
            SecurityAgreement.offersTls(Collections.singletonList(text(input)));
            SecurityAgreement.verifies(Collections.singletonList(text(input)));
        } catch (SipFormatException declared) {
            return;
        }
    }

    @FuzzTest(maxDuration = "1m")
    void registrationInfoIsReadOrRefused(byte[] input) {
        try {
            RegistrationInfo.endedIn(input);
        } catch (SipFormatException declared) {
            return;
        }
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
