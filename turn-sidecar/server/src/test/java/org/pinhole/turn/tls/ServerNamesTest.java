package org.pinhole.turn.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("T-1")
class ServerNamesTest {
    private final ServerNames<String> names = new ServerNames<>(List.of(
            Map.entry(Set.of("turn.example.com"), "first"),
            Map.entry(Set.of("turn.example.net", "*.pool.example.net"), "second")));

    @ParameterizedTest
    @CsvSource({
        "turn.example.com, first",
        "turn.example.net, second",
        "TURN.Example.NET, second",
        "turn.example.net., second",
        "turn.example.net:443, second",
        "a.pool.example.net, second",
        "a.b.pool.example.net, first",
        "pool.example.net, first",
        "who.is.this, first",
        "my_phone, first",
        "'', first",
    })
    void aNameFindsItsOwnAndAnUnknownOneTheFirst(String asked, String expected) {
        assertThat(names.find(asked)).isEqualTo(expected);
    }

    @Test
    void noNameFindsTheFirst() {
        assertThat(names.find(null)).isEqualTo("first");
    }
}
