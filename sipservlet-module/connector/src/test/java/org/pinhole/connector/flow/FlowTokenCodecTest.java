package org.pinhole.connector.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.api.FlowToken;

class FlowTokenCodecTest {
    private static final Instant START = Instant.ofEpochSecond(1_800_000_000);

    private final SecureRandom random = new SecureRandom();
    private final TokenKeyRing ring = TokenKeyRing.fresh(START, random);
    private final FlowTokenCodec codec = new FlowTokenCodec(ring);

    /** The container's own helper rejects one flow in thirteen, for what it does to the bytes of its HMAC. */
    @Test
    @Tag("O-5")
    @Tag("trap-9")
    void ofAMillionTokensNoneIsRejectedAndEachLeadsBackToItsConnection() {
        Set<FlowToken> seen = new HashSet<>();
        int rejected = 0;
        for (int i = 0; i < 1_000_000; i++) {
            ConnectionId connection = ConnectionId.random(random);

            FlowToken token = codec.encode(connection);
            TokenVerdict verdict = codec.decode(token.text());

            boolean right = Objects.equals(verdict.connection(), connection)
                    && token.text().length() <= FlowToken.MAX_LENGTH
                    && (i % 10 != 0 || seen.add(token));
            rejected += right ? 0 : 1;
        }
        assertThat(rejected).isZero();
    }

    /** Bits of the key id among them: it then names another key that is known, or none. */
    @Test
    @Tag("O-5")
    @Tag("O-7")
    @Tag("trap-9")
    void aTokenWithAnyOneBitFlippedIsForged() {
        TokenKeyRing old = ring;
        for (int i = 0; i < TokenKeyRing.KEPT; i++) {
            old = old.rotated(START, random);
        }
        FlowTokenCodec rotated = new FlowTokenCodec(old);
        byte[] token = Base64.getUrlDecoder()
                .decode(rotated.encode(ConnectionId.random(random)).text());
        for (int bit = 0; bit < 8 * token.length; bit++) {
            byte[] altered = token.clone();
            altered[bit / 8] ^= (byte) (1 << (bit % 8));

            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(altered);

            assertThat(rotated.decode(text).kind()).as("bit %d", bit).isEqualTo(TokenVerdict.Kind.TAMPERED);
        }
    }

    @Test
    @Tag("O-5")
    void aTokenWithAnyOneCharacterChangedIsForged() {
        String token = codec.encode(ConnectionId.random(random)).text();
        for (int i = 0; i < token.length(); i++) {
            for (char replacement : "ABab01-_=/+".toCharArray()) {
                if (token.charAt(i) != replacement) {
                    String altered = token.substring(0, i) + replacement + token.substring(i + 1);

                    assertThat(codec.decode(altered).kind())
                            .as("character %d", i)
                            .isEqualTo(TokenVerdict.Kind.TAMPERED);
                }
            }
        }
    }

    @Test
    @Tag("O-7")
    @Tag("trap-8")
    void aTokenOfAnEarlierKeyIsOursUntilThatKeyIsForgotten() {
        String token = codec.encode(ConnectionId.random(random)).text();
        TokenKeyRing later = ring;
        for (int i = 1; i < TokenKeyRing.KEPT; i++) {
            later = later.rotated(START, random);
        }

        assertThat(new FlowTokenCodec(later).decode(token).kind()).isEqualTo(TokenVerdict.Kind.GENUINE);
        assertThat(new FlowTokenCodec(later.rotated(START, random))
                        .decode(token)
                        .kind())
                .isEqualTo(TokenVerdict.Kind.TAMPERED);
    }

    @Test
    @Tag("O-7")
    @Tag("trap-8")
    void aTokenOfAnotherNodeWithOurKeysIsElsewhereAndOneOfAnotherSecretIsForged() {
        String sameKeys = ring.text().replaceFirst("node [0-9a-f]{8}", "node 00000000");
        TokenKeyRing neighbour = TokenKeyRing.parse(sameKeys);
        assertThat(neighbour).isNotNull();
        FlowTokenCodec forger = new FlowTokenCodec(TokenKeyRing.fresh(START, random));
        ConnectionId connection = ConnectionId.random(random);

        assertThat(codec.decode(new FlowTokenCodec(neighbour).encode(connection).text())
                        .kind())
                .isEqualTo(TokenVerdict.Kind.ELSEWHERE);
        assertThat(codec.decode(forger.encode(connection).text()).kind()).isEqualTo(TokenVerdict.Kind.TAMPERED);
    }

    @Test
    @Tag("trap-9")
    void textThatIsNoTokenIsForgedAndNeverThrows() {
        for (String text :
                new String[] {"", "alice", "====", "€", "a b", new String(new char[44]).replace('\0', 'A')}) {
            assertThat(codec.decode(text).kind()).as(text).isEqualTo(TokenVerdict.Kind.TAMPERED);
        }
    }
}
