package org.pinhole.app.pcscf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.app.chain.SipFormatException;

@Tag("P-17")
class RegistrationInfoTest {
    private static final String ALICE =
            "<reg:registration aor=\"sip:alice@home1.example\" id=\"a\" state=\"%s\">%s" + "</reg:registration>";
    private static final String CONTACT =
            "<reg:contact id=\"c\" state=\"%s\" event=\"%s\"><reg:uri> sip:alice@10.1.2.3 </reg:uri></reg:contact>";

    @Test
    void aTerminatedRegistrationIsOverAtEveryContact() {
        List<EndedRegistration> ended = endedIn(String.format(ALICE, "terminated", ""));

        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).identity().uri()).isEqualTo("sip:alice@home1.example");
        assertThat(ended.get(0).isAt("sip:alice@10.1.2.3")).isTrue();
    }

    @Test
    void aTerminatedContactIsOverWhereItIsNotBoundAnew() {
        String terminated = String.format(CONTACT, "terminated", "deactivated");
        String active = String.format(CONTACT, "active", "refreshed");

        List<EndedRegistration> ended = endedIn(String.format(ALICE, "active", terminated));

        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).isAt("sip:alice@10.1.2.3")).isTrue();
        assertThat(ended.get(0).isAt("SIP:alice@10.1.2.3"))
                .as("written another way")
                .isTrue();
        assertThat(ended.get(0).isAt("sip:alice@10.9.9.9")).isFalse();
        assertThat(ended.get(0).isAt("tel:1")).isFalse();
        assertThat(endedIn(String.format(ALICE, "active", terminated + active))).isEmpty();
        assertThat(endedIn(String.format(ALICE, "active", active))).isEmpty();
    }

    @Test
    void whatIsNoSuchDocumentIsRefusedAndNoOtherFileIsRead() {
        String entity = "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>";

        assertThatThrownBy(() -> parse("<reginfo/>")).isInstanceOf(SipFormatException.class);
        assertThatThrownBy(() -> parse("nothing")).isInstanceOf(SipFormatException.class);
        assertThatThrownBy(() -> parse(entity + document(""))).isInstanceOf(SipFormatException.class);
    }

    private static List<EndedRegistration> endedIn(String registrations) {
        return parse(document(registrations));
    }

    private static String document(String registrations) {
        return "<reg:reginfo xmlns:reg=\"urn:ietf:params:xml:ns:reginfo\" version=\"0\" state=\"full\">" + registrations
                + "</reg:reginfo>";
    }

    private static List<EndedRegistration> parse(String document) {
        return RegistrationInfo.endedIn(document.getBytes(StandardCharsets.UTF_8));
    }
}
