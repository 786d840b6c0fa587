package org.pinhole.admin.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same lines as in pinhole.war's CredentialsFileTest: who takes what the other refuses leaves an operator with neither. */
class UserLineTest {
    private static final String HEX = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "# a comment", "  # a comment", "\t"})
    void countsForNothing(String line) {
        assertThat(UserLine.parse(line)).isNull();
    }

    @Test
    void blanksAroundALineCountForNothing() {
        UserLine line = UserLine.parse("  alice:r:" + HEX + " \t");

        assertThat(line).isNotNull();
        assertThat(line.isOf("alice", "r")).isTrue();
        assertThat(line.text()).isEqualTo("alice:r:" + HEX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                "a:r",
                "a:r:12",
                ":r:" + HEX,
                "a::" + HEX,
                "a:r:" + HEX + ":SHA-256",
                "a:r:" + HEX + ":ROT13"
            })
    void isNoUser(String line) {
        assertThatThrownBy(() -> UserLine.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }
}
