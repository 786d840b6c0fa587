package org.pinhole.turn.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.PasswordAlgorithm;
import org.pinhole.stun.UserHash;

class UsersTest {
    private static final String MD5 = "0123456789abcdef0123456789abcdef";
    private static final String SHA256 = MD5 + MD5;

    private final HandClock clock = new HandClock();

    @Test
    void aUserFileGivesBothKeysOfAUser() {
        Map<String, LongTermKeys> users = UserFile.parse(
                List.of("# users", "", "alice:pinhole.test:" + MD5, "alice:pinhole.test:" + SHA256 + ":SHA-256"),
                "pinhole.test");

        LongTermKeys alice = Objects.requireNonNull(users.get("alice"));
        assertThat(alice.find(PasswordAlgorithm.MD5)).hasSize(16);
        assertThat(alice.find(PasswordAlgorithm.SHA_256)).hasSize(32);
    }

    @Test
    void otherRealmsAndAlgorithmsOfTheFileAreLeftAlone() {
        Map<String, LongTermKeys> users = UserFile.parse(
                List.of("alice:elsewhere:" + MD5, "bob:pinhole.test:" + SHA256 + ":SHA-512-256"), "pinhole.test");

        assertThat(users).isEmpty();
    }

    @Test
    void aLineThatIsNoUserIsNamedWithoutItsHash() {
        assertThatThrownBy(() -> UserFile.parse(List.of("", "alice:r:secret"), "r"))
                .hasMessageStartingWith("line 2:")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> UserFile.parse(List.of("alice"), "r")).hasMessageStartingWith("line 1:");
    }

    @Test
    @Tag("T-8")
    void ephemeralCredentialsEndAtTheirExpiry() {
        EphemeralUsers users = new EphemeralUsers("north wind".getBytes(UTF_8), "pinhole.test", clock);
        String username = (clock.instant().getEpochSecond() + 60) + ":alice";

        assertThat(users.find(username)).isCompletedWithValueMatching(KeyAnswer.Known.class::isInstance);
        clock.advance(Duration.ofSeconds(60));
        assertThat(users.find(username)).isCompletedWithValue(KeyAnswer.UNKNOWN);
    }

    @Test
    void aNameWithoutAnExpiryIsNotEphemeral() {
        EphemeralUsers users = new EphemeralUsers("north wind".getBytes(UTF_8), "pinhole.test", clock);

        assertThat(users.find("alice")).isCompletedWithValue(KeyAnswer.UNKNOWN);
        assertThat(users.find("9999999999999999999999:alice")).isCompletedWithValue(KeyAnswer.UNKNOWN);
        assertThat(users.find("1900000000:")).isCompletedWithValue(KeyAnswer.UNKNOWN);
    }

    @Test
    void sourcesAreAskedInTurnUntilOneKnowsOrCannotSay() {
        LongTermKeys keys = LongTermKeys.of("alice", "r", "p");
        KeySource first = new StaticUsers("pinhole.test", Map.of("alice", keys));
        KeySource down = username -> CompletableFuture.completedFuture(KeyAnswer.UNAVAILABLE);

        KeySource all = KeySource.firstOf(List.of(first, down));

        assertThat(all.find("alice")).isCompletedWithValueMatching(KeyAnswer.Known.class::isInstance);
        assertThat(all.find("bob")).isCompletedWithValue(KeyAnswer.UNAVAILABLE);
        assertThat(KeySource.firstOf(List.of(first)).find("bob")).isCompletedWithValue(KeyAnswer.UNKNOWN);
    }

    /** Both made with {@code openssl dgst -hmac "north wind" -binary | base64}. */
    @Test
    @Tag("T-17")
    void anExpiringPasswordIsMadeWithSha1OrSha256() {
        assertThat(EphemeralUsers.password(EphemeralUsers.Hash.SHA_1, "north wind".getBytes(UTF_8), "1800000000:alice"))
                .isEqualTo("2OROk1QSf240PGOhcJwID6hiUvo=");
        assertThat(EphemeralUsers.password(
                        EphemeralUsers.Hash.SHA_256, "north wind".getBytes(UTF_8), "1800000000:alice"))
                .isEqualTo("SeWvZC3dA85m6A1n2EelzH1SXQcEn37ypjRL9KA9eVM=");
    }

    @Test
    @Tag("T-8")
    void expiringNamesOfOneUserAreOneAccount() {
        EphemeralUsers users = new EphemeralUsers("north wind".getBytes(UTF_8), "pinhole.test", clock);

        assertThat(List.of("4000000000:alice", "4000003600:alice"))
                .allSatisfy(name -> assertThat(users.find(name))
                        .isCompletedWithValueMatching(
                                answer -> answer instanceof KeyAnswer.Known known && "alice".equals(known.account())));
    }

    @Test
    @Tag("T-17")
    void aUserIsFoundByTheHashOfItsNameWhereAllNamesAreKnown() {
        StaticUsers named =
                new StaticUsers("pinhole.test", Map.of("alice", LongTermKeys.of("alice", "pinhole.test", "x")));
        EphemeralUsers expiring = new EphemeralUsers("s".getBytes(UTF_8), "pinhole.test", clock);

        assertThat(named.findName(UserHash.of("alice", "pinhole.test"))).isEqualTo("alice");
        assertThat(named.findName(UserHash.of("mallory", "pinhole.test"))).isNull();
        assertThat(KeySource.firstOf(List.of(named)).findsNames()).isTrue();
        assertThat(KeySource.firstOf(List.of(named, expiring)).findsNames())
                .as("else clients would hide names that nobody can find")
                .isFalse();
    }
}
