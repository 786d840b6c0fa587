package org.pinhole.app.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.api.spi.CredentialsUnavailableException;

class StoresInOrderTest {
    private final CredentialStore alices = (user, realm, algorithm) -> user.equals("alice") ? "one" : null;
    private final CredentialStore everybodys = (user, realm, algorithm) -> "two";
    private final CredentialStore down = (user, realm, algorithm) -> {
        throw new CredentialsUnavailableException("down");
    };

    @Test
    void theFirstThatKnowsTheUserIsBelieved() throws Exception {
        StoresInOrder stores = StoresInOrder.of(alices, everybodys);

        assertThat(stores.findHa1("alice", "r", "MD5")).isEqualTo("one");
        assertThat(stores.findHa1("bob", "r", "MD5")).isEqualTo("two");
    }

    @Test
    void oneThatIsDownStopsTheSearchButNotForThoseKnownBefore() throws Exception {
        StoresInOrder stores = StoresInOrder.of(alices, down, everybodys);

        assertThat(stores.findHa1("alice", "r", "MD5")).isEqualTo("one");
        assertThatThrownBy(() -> stores.findHa1("bob", "r", "MD5")).isInstanceOf(CredentialsUnavailableException.class);
    }

    @Test
    void aSearchThatIsCompletedEndsWhereThatForAnUnknownUserDoes() throws Exception {
        Search search = StoresInOrder.of(alices, down).search("alice", "r", "MD5");

        assertThat(search.ha1()).isEqualTo("one");
        assertThatThrownBy(search::askTheRest).isInstanceOf(CredentialsUnavailableException.class);
    }

    @Test
    void oneThatFailsInAWayOfItsOwnIsDown() throws Exception {
        CredentialStore faulty = (user, realm, algorithm) -> {
            throw new IllegalStateException("a fault of its author's");
        };

        assertThatThrownBy(() -> StoresInOrder.of(faulty).search("bob", "r", "MD5"))
                .isInstanceOf(CredentialsUnavailableException.class)
                .hasMessageContaining("a fault of its author's");
        assertThatThrownBy(StoresInOrder.of(alices, faulty).search("alice", "r", "MD5")::askTheRest)
                .isInstanceOf(CredentialsUnavailableException.class);
        assertThatThrownBy(() -> StoresInOrder.of(failingByHash()).findUser("hash", "r", "MD5"))
                .isInstanceOf(CredentialsUnavailableException.class);
    }

    private static CredentialStore failingByHash() {
        return new CredentialStore() {
            @Override
            public @Nullable String findHa1(String user, String realm, String algorithm) {
                return null;
            }

            @Override
            public @Nullable String findUser(String userhash, String realm, String algorithm) {
                throw new IllegalStateException("a fault of its author's");
            }
        };
    }
}
