package org.pinhole.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P-4")
class EmergencyTargetsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:service:sos",
                "URN:service:SOS.fire",
                "tel:112",
                "TEL:9-1-1;phone-context=+1",
                "sip:112@home1.example;user=phone",
                "sip:112;phone-context=home1.example@home1.example;transport=tls;user=phone?Subject=help",
                "sips:911@192.0.2.1:5061;user=dialstring"
            })
    void helpIsAskedForByServiceOrNumber(String uri) {
        assertThat(pcscf(Collections.emptyMap()).contain(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "urn:service:sospeso",
                "tel:+112",
                "tel:1120",
                "sip:112@home1.example",
                "sip:112@home1.example;user=phones",
                "sip:bob@home1.example;user=phone",
                "sip:home1.example;user=phone",
                "sip:none@home1.example;user=phone",
                "tel:"
            })
    void whatOnlyLooksLikeItIsNone(String uri) {
        assertThat(pcscf(Collections.emptyMap()).contain(uri)).isFalse();
    }

    @Test
    void theNumbersAreTheOperators() {
        EmergencyTargets swiss = pcscf(Collections.singletonMap(EmergencyTargets.PARAMETER, "112, 117,144"));
        EmergencyTargets none = pcscf(Collections.singletonMap(EmergencyTargets.PARAMETER, "none"));

        assertThat(swiss.contain("tel:144")).isTrue();
        assertThat(swiss.contain("tel:911")).isFalse();
        assertThat(none.contain("tel:112")).isFalse();
        assertThat(none.contain("urn:service:sos")).isTrue();
    }

    /** As edge or registrar, 112 may be somebody's extension. */
    @Test
    void outsideAPcscfANumberIsANumber() {
        EmergencyTargets edge = EmergencyTargets.of(Collections.singletonMap("pinhole.role", "edge"));

        assertThat(edge.contain("tel:112")).isFalse();
        assertThat(edge.contain("urn:service:sos")).isTrue();
    }

    private static EmergencyTargets pcscf(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("pinhole.role", "p-cscf");
        return EmergencyTargets.of(settings);
    }
}
