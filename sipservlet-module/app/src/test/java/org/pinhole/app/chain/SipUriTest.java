package org.pinhole.app.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipUriTest {
    @ParameterizedTest
    @CsvSource({ // the examples of RFC 3261 §19.1.4
        "sip:%61lice@atlanta.com;transport=TCP, sip:alice@AtlanTa.CoM;Transport=tcp, true",
        "sip:carol@chicago.com, sip:carol@chicago.com;newparam=5, true",
        "sip:carol@chicago.com;newparam=5, sip:carol@chicago.com;security=on, true",
        "SIP:ALICE@AtLanTa.CoM;Transport=udp, sip:alice@AtLanTa.CoM;Transport=UDP, false",
        "sip:bob@biloxi.com, sip:bob@biloxi.com:5060, false",
        "sip:bob@biloxi.com, sip:bob@biloxi.com;transport=udp, false",
        "sip:carol@chicago.com;security=on, sip:carol@chicago.com;security=off, false",
    })
    void comparesAsTheRfcDoes(String one, String other, boolean same) {
        assertThat(SipUri.parse(one).matches(SipUri.parse(other))).isEqualTo(same);
    }

    @Test
    void takesAnAddressApart() {
        SipUri uri = SipUri.parse("sips:j%40n:secret@[2001:DB8::1]:443;lr;transport=tls?subject=x");

        assertThat(uri.user()).isEqualTo("j@n");
        assertThat(uri.host()).isEqualTo("[2001:db8::1]");
        assertThat(uri.port()).isEqualTo(443);
        assertThat(uri.hasParameter("lr")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "tel:+1",
                "sip:",
                "sip:@h",
                "sip:a@",
                "sip:a@h:0",
                "sip:a@h:x",
                "sip:a%4@h",
                "sip:a b"
            })
    void refusesWhatIsNoSipUri(String text) {
        assertThatThrownBy(() -> SipUri.parse(text)).isInstanceOf(SipFormatException.class);
    }

    @Test
    void escapesWhatMayNotStandInAUserPart() {
        assertThat(SipUri.escapeUser("Jäs n@x")).isEqualTo("J%C3%A4s%20n%40x");
    }
}
