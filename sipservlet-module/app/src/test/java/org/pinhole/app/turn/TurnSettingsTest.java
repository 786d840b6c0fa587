package org.pinhole.app.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Paths;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnSettingsTest {
    private final Map<String, String> settings = Settings.withSecret(Paths.get("/nowhere/secret"));

    @Test
    void withoutUrisAndTokenThereIsNoTurn() {
        TurnSettings none = TurnSettings.of(Collections.emptyMap());

        assertThat(none.offered()).isFalse();
        assertThat(none.keysMayBeAsked()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "turns:a.example:443?transport=tcp, a.example:443",
        "'turn:a.example:3478, turns:b.example', b.example:5349",
        "turn:[2001:db8::1]?transport=tcp, [2001:db8::1]:3478",
    })
    void theFirstUriOverAStreamIsWatched(String uris, String probe) {
        settings.put("pinhole.turn.uris", uris);

        assertThat(TurnSettings.of(settings).probe()).hasToString(probe);
    }

    @Test
    void overUdpAloneNothingCanBeWatched() {
        settings.put("pinhole.turn.uris", "turn:a.example");

        assertThat(TurnSettings.of(settings).probe()).isNull();
    }

    @Test
    void theOperatorMaySayWhatIsWatched() {
        settings.put("pinhole.turn.probe", "127.0.0.1:3478");

        assertThat(TurnSettings.of(settings).probe()).hasToString("127.0.0.1:3478");
    }

    @ParameterizedTest
    @CsvSource({
        "pinhole.turn.uris, stun:a, turns: URIs",
        "pinhole.turn.uris, 'turn:a,', turns: URIs",
        "pinhole.turn.uris, turn:a:70000, turns: URIs",
        "pinhole.turn.uris, turns:a?transport=udp, turns: URIs",
        "pinhole.turn.secret-file, '', pinhole.turn.uris is set",
        "pinhole.turn.credential-seconds, 59, 60 to 86400",
        "pinhole.turn.probe, a, HOST:PORT",
        "pinhole.turn.probe, a:0, HOST:PORT",
    })
    void aWrongValueIsNamedWithWhatIsAllowed(String name, String value, String allowed) {
        settings.put(name, value);

        assertThatThrownBy(() -> TurnSettings.of(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + "=" + value + ": ")
                .hasMessageContaining(allowed);
    }

    @Test
    void anUnreadableSecretIsNamedWithWhatToDo() {
        assertThatThrownBy(() -> TurnSettings.of(settings).readSecret())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pinhole.turn.secret-file=/nowhere/secret: ")
                .hasMessageContaining("0600")
                .message()
                .hasLineCount(1);
    }
}
