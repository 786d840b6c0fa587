package org.pinhole.ue.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnUriTest {
    @ParameterizedTest
    @CsvSource({
        "turns:edge.pinhole.test, edge.pinhole.test, 5349, TLS",
        "turns:127.0.0.2:443?transport=tcp, 127.0.0.2, 443, TLS",
        "turn:127.0.0.2:80?transport=tcp, 127.0.0.2, 80, TCP",
        "turn:127.0.0.2, 127.0.0.2, 3478, UDP",
        "TURN:edge:3479?transport=UDP, edge, 3479, UDP",
        "turn:[2001:db8::1]:3479, 2001:db8::1, 3479, UDP"
    })
    void aUriSaysHostPortAndTransport(String text, String host, int port, TurnTransport transport) {
        TurnUri uri = TurnUri.parse(text);

        assertThat(uri.server().host()).isEqualTo(host);
        assertThat(uri.server().port()).isEqualTo(port);
        assertThat(uri.transport()).isEqualTo(transport);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "turn:", "http://edge", "turn:edge:70000", "turns:edge?transport=udp", "turn:e?transport=x"})
    void whatThisClientCannotReachIsRefusedInWords(String text) {
        assertThatThrownBy(() -> TurnUri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void printedAsItIsWritten() {
        assertThat(TurnUri.parse("turns:edge")).hasToString("turns:edge:5349?transport=tcp");
    }

    @Test
    @Tag("U-17")
    void behindAProxyThereIsNoUdpAndNoPort80() {
        assertThat(TurnUri.parse("turns:turn.test:443").reachable(true)).isTrue();
        assertThat(TurnUri.parse("turn:turn.test:443?transport=tcp").reachable(true))
                .isTrue();
        assertThat(TurnUri.parse("turn:turn.test:80?transport=tcp").reachable(true))
                .isFalse();
        assertThat(TurnUri.parse("turn:turn.test:3478").reachable(true)).isFalse();
        assertThat(TurnUri.parse("turn:turn.test:80?transport=tcp").reachable(false))
                .isTrue();
    }
}
