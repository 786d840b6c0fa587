package org.pinhole.app.pcscf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.app.chain.SipFormatException;

@Tag("P-12")
class RegisterCredentialsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Digest integrity-protected=\"tls-yes\", username=\"a, b\", response=\"r\"",
                "Digest username=\"a, b\",INTEGRITY-PROTECTED=tls-yes,response=\"r\"",
                "digest username=\"a, b\", response=\"r\",\r\n integrity-protected = \"yes\"",
                "Digest username=\"a, b\", , response=\"r\", integrity-protected",
                "Digest integrity-protected=ip-assoc-yes,username=\"a, b\",integrity-protected=no,response=\"r\""
            })
    @Tag("trap-11")
    void whateverThePhoneSaysOfItsProtectionIsTakenOff(String value) {
        RegisterCredentials credentials = RegisterCredentials.parse(value);

        assertThat(credentials.value(null)).isEqualToIgnoringCase("Digest username=\"a, b\", response=\"r\"");
        assertThat(credentials.privateIdentity()).isEqualTo("a, b");
        assertThat(credentials.answerChallenge()).isTrue();
    }

    @Test
    @Tag("P-14")
    void ourOwnWordIsOneOfFourAndNeverNo() {
        RegisterCredentials credentials = RegisterCredentials.parse("Digest username=\"a\",response=\"r\"");

        assertThat(credentials.value(Protection.of(true, false, true)))
                .endsWith(", integrity-protected=\"tls-pending\"");
        assertThat(credentials.value(Protection.of(true, true, true))).endsWith(", integrity-protected=\"tls-yes\"");
        assertThat(credentials.value(Protection.of(false, false, true)))
                .endsWith(", integrity-protected=\"ip-assoc-pending\"");
        assertThat(credentials.value(Protection.of(false, true, false)))
                .endsWith(", integrity-protected=\"ip-assoc-yes\"");
        assertThat(Protection.of(true, false, false)).isNull();
    }

    @Test
    @Tag("D-16")
    void whoLeavesTheResponseEmptyAnswersNoChallenge() {
        assertThat(RegisterCredentials.parse("Digest username=\"a\",nonce=\"\",response=\"\"")
                        .answerChallenge())
                .isFalse();
        assertThat(RegisterCredentials.parse("Bearer response=\"r\"").answerChallenge())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Digest username=\"a",
                // one server would read the first, another the last
                "Digest username=\"a\", username=\"boss\"",
                "Digest username=\"a\", Username=boss",
                "Digest username=\"a\", username*=UTF-8''boss",
                "Digest username*=UTF-8''boss",
                // whose quotes are whose?
                "Digest username=\"a\", x=y\"b, integrity-protected=\"tls-yes\"\"",
                "Digest username=\"a\" x=\"b\"",
                "Digest username=\"a\", x=y z",
                "Digest username=\"a\", x=\\",
                "Digest username=\"a\", x",
                "Digest,integrity-protected=\"tls-yes\" username=\"boss\"",
            })
    void whatCanBeReadInTwoWaysIsRefused(String value) {
        assertThatThrownBy(() -> RegisterCredentials.parse(value)).isInstanceOf(SipFormatException.class);
    }

    @Test
    void aBracketHidesNothing() {
        RegisterCredentials credentials =
                RegisterCredentials.parse("Digest username=\"a\", x=<, integrity-protected=\"tls-yes\", y=>");

        assertThat(credentials.value(null)).isEqualTo("Digest username=\"a\", x=<, y=>");
    }

    @Test
    void anotherSchemesCredentialsAreForTheCore() {
        assertThat(RegisterCredentials.parse("Bearer abc.def==").value(null)).isEqualTo("Bearer abc.def==");
    }
}
