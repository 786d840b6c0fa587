package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pinhole.app.digest.DigestAlgorithm;

class AppSettingsTest {
    private final Map<String, String> settings = new HashMap<>();

    AppSettingsTest() {
        settings.put("pinhole.digest.realm", "pinhole.test");
        settings.put("pinhole.credentials", "file:/etc/users");
    }

    @Test
    void defaultsAreAnEdgeWithSha256BeforeMd5() {
        AppSettings read = AppSettings.of(settings);

        assertThat(read.role()).isEqualTo(AppSettings.Role.EDGE);
        assertThat(read.digest().algorithms()).containsExactly(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);
        assertThat(read.failoverSeconds()).isEqualTo(4);
    }

    @Test
    void theOrderOfAlgorithmsIsTheOperators() {
        settings.put("pinhole.digest.algorithms", "MD5, sha-512-256");

        assertThat(AppSettings.of(settings).digest().algorithms())
                .containsExactly(DigestAlgorithm.MD5, DigestAlgorithm.SHA_512_256);
    }

    @Test
    void realmsAndPlacesOfUsersMayBeSeveral() {
        settings.put("pinhole.digest.realm", "example.com, example.org");
        settings.put("pinhole.credentials", "file:/etc/a,b/users, jdbc:java:comp/env/jdbc/users");
        settings.put("pinhole.digest.algorithms", "MD5");

        AppSettings read = AppSettings.of(settings);

        assertThat(read.realms()).containsExactly("example.com", "example.org");
        assertThat(read.credentials()).containsExactly("file:/etc/a,b/users", "jdbc:java:comp/env/jdbc/users");
    }

    @Test
    void anAlgorithmThatADataBaseCannotAnswerForIsRefusedAtOnce() {
        settings.put("pinhole.credentials", "jdbc:java:comp/env/jdbc/users");

        assertThatThrownBy(() -> AppSettings.of(settings)).hasMessageContaining("pinhole.digest.algorithms=MD5");
        settings.put("pinhole.credentials", "file:users, jdbc:java:comp/env/jdbc/users");
        assertThatThrownBy(() -> AppSettings.of(settings)).hasMessageContaining("pinhole.digest.algorithms=MD5");

        settings.put("pinhole.digest.algorithms", "MD5,MD5-sess");
        assertThat(AppSettings.of(settings).digest().algorithms()).hasSize(2);
    }

    @Test
    @Tag("D-11")
    void hashedNamesAreNotOfferedWhereADataBaseCouldNotFindThem() {
        settings.put("pinhole.credentials", "file:users, jdbc:java:comp/env/jdbc/users");
        settings.put("pinhole.digest.algorithms", "MD5");
        settings.put("pinhole.digest.userhash", "on");

        assertThatThrownBy(() -> AppSettings.of(settings))
                .hasMessageStartingWith("pinhole.digest.userhash=on: off, because data bases have no index");
    }

    @ParameterizedTest
    @CsvSource({
        "pinhole.role, boss, registrar or edge",
        "pinhole.digest.realm, '', a domain",
        "pinhole.digest.algorithms, 'MD5,MD5', each once",
        "pinhole.digest.algorithms, AKAv1, SHA-256",
        "pinhole.digest.qop, auth-conf, auth-int",
        "pinhole.digest.lockout.failures, -1, 0 to 1000",
        "pinhole.digest.lockout.seconds, 9, 10 to 86400",
        "pinhole.credentials.query, SELECT 1, {user}",
        "pinhole.credentials, '', file:",
        "pinhole.failover.seconds, 1, 2 to 30",
        "pinhole.failover.seconds, 31, 2 to 30",
        "pinhole.failover.seconds, soon, 2 to 30",
    })
    void aWrongValueIsNamedWithWhatIsAllowed(String name, String value, String allowed) {
        settings.put(name, value);

        assertThatThrownBy(() -> AppSettings.of(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + "=" + value + ": ")
                .hasMessageContaining(allowed)
                .message()
                .hasLineCount(1);
    }
}
