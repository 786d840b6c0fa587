package org.pinhole.app.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameAddressTest {
    @Test
    void separatesTheUrisParametersFromTheHeaders() {
        NameAddress contact =
                NameAddress.parse("\"A, <b>;\" <sip:a@h;ob>;reg-id=1;+sip.instance=\"<urn:uuid:1>\";expires=60");

        assertThat(contact.uri()).isEqualTo("sip:a@h;ob");
        assertThat(contact.parameter("reg-id")).isEqualTo("1");
        assertThat(contact.parameter("+sip.instance")).isEqualTo("<urn:uuid:1>");
        assertThat(contact.parameter("absent")).isNull();
    }

    @Test
    void parametersWithoutBracketsBelongToTheHeader() {
        NameAddress contact = NameAddress.parse("sip:a@h;expires=0");

        assertThat(contact.uri()).isEqualTo("sip:a@h");
        assertThat(contact.parameter("expires")).isEqualTo("0");
    }

    @Test
    void theStarIsTold() {
        assertThat(NameAddress.parse(" * ").wildcard()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<sip:a@h", "\"x\"", "\"x <sip:a@h>"})
    void refusesWhatHasNoUri(String text) {
        assertThatThrownBy(() -> NameAddress.parse(text)).isInstanceOf(SipFormatException.class);
    }
}
