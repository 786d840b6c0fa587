package org.pinhole.connector.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.api.FlowToken;

class FlowTokenCodecTest {
    private final SecureRandom random = new SecureRandom();
    private final FlowTokenCodec codec = FlowTokenCodec.withRandomKey(random);

    @Test
    @Tag("O-5")
    void everyTokenIsUniqueAndLeadsBackToItsConnection() {
        Set<FlowToken> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            ConnectionId connection = ConnectionId.random(random);

            FlowToken token = codec.encode(connection);

            TokenVerdict verdict = codec.decode(token.text());
            assertThat(verdict.kind()).isEqualTo(TokenVerdict.Kind.GENUINE);
            assertThat(verdict.connection()).isEqualTo(connection);
            assertThat(seen.add(token)).isTrue();
        }
    }

    @Test
    @Tag("O-5")
    void aTokenWithAnyOneCharacterChangedIsNotGenuine() {
        String token = codec.encode(ConnectionId.random(random)).text();
        for (int i = 0; i < token.length(); i++) {
            for (char replacement : "ABab01-_".toCharArray()) {
                if (token.charAt(i) != replacement) {
                    String altered = token.substring(0, i) + replacement + token.substring(i + 1);

                    assertThat(codec.decode(altered).kind())
                            .as("character %d", i)
                            .isNotEqualTo(TokenVerdict.Kind.GENUINE);
                }
            }
        }
    }

    @Test
    void aTokenOfAnotherKeyIsRetiredAndOneWithTheSameKeyIdButAnotherSecretIsForged() {
        FlowTokenCodec ours = new FlowTokenCodec((byte) 1, new byte[4], bytes("our secret"));
        FlowTokenCodec earlier = new FlowTokenCodec((byte) 2, new byte[4], bytes("an earlier secret"));
        FlowTokenCodec forger = new FlowTokenCodec((byte) 1, new byte[4], bytes("a guess"));
        ConnectionId connection = ConnectionId.random(random);

        assertThat(ours.decode(earlier.encode(connection).text()).kind()).isEqualTo(TokenVerdict.Kind.RETIRED);
        assertThat(ours.decode(forger.encode(connection).text()).kind()).isEqualTo(TokenVerdict.Kind.TAMPERED);
    }

    @Test
    void textThatIsNoTokenIsNeverGenuineAndNeverThrows() {
        for (String text :
                new String[] {"", "alice", "====", "€", "a b", new String(new char[44]).replace('\0', 'A')}) {
            assertThat(codec.decode(text).kind()).as(text).isNotEqualTo(TokenVerdict.Kind.GENUINE);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
