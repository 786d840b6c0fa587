package org.pinhole.ue.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TurnGrantTest {
    @Test
    @Tag("T-8")
    void theHeaderNamesServersInOrderAndExpiringCredentials() {
        TurnGrant grant = TurnGrant.parse("turn;username=\"1800003600:alice\";credential=\"+ZOw4/VwHelO=\""
                + ";realm=\"pinhole.test\";expires=3600"
                + ";uris=\"turns:192.0.2.1:443?transport=tcp turn:192.0.2.1:80?transport=tcp\"");

        assertThat(grant.uris())
                .extracting(TurnUri::toString)
                .containsExactly("turns:192.0.2.1:443?transport=tcp", "turn:192.0.2.1:80?transport=tcp");
        assertThat(grant.credentials()).isEqualTo(new TurnCredentials("1800003600:alice", "+ZOw4/VwHelO="));
        assertThat(grant.realm()).isEqualTo("pinhole.test");
        assertThat(grant.expiresSeconds()).isEqualTo(3600);
        assertThat(grant.find(TurnTransport.TCP)).hasToString("turn:192.0.2.1:80?transport=tcp");
        assertThat(grant.find(TurnTransport.UDP)).isNull();
    }

    @Test
    void parametersComeInAnyOrderAndWhatIsUnknownIsPassedOver() {
        TurnGrant grant = TurnGrant.parse(
                "Turn ; URIS=\"stun:x turn:h\" ;username=\"1:a;b,\\\"c\\\\\";credential=x==; later=\"1\";flag");

        assertThat(grant.uris()).hasSize(1);
        assertThat(grant.credentials()).isEqualTo(new TurnCredentials("1:a;b,\"c\\", "x=="));
        assertThat(grant.expiresSeconds()).isNull();
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatThrownBy(() -> TurnGrant.parse("turn;uris=\"turn:h\";username=\"a\""))
                .hasMessage("P-Pinhole-Turn has no credential");
        assertThatThrownBy(() -> TurnGrant.parse("turn;uris=\"stun:h\";username=a;credential=b"))
                .hasMessageContaining("names no server");
        assertThatThrownBy(() -> TurnGrant.parse("\"turn:h\";username=a;credential=b"))
                .hasMessageContaining("not with turn");
    }

    @Test
    void nothingPrintsThePassword() {
        assertThat(TurnGrant.parse("turn;uris=\"turn:h\";username=\"a\";credential=\"hidden\"")
                        .toString())
                .doesNotContain("hidden");
    }
}
