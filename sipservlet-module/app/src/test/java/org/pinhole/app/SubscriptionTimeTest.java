package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionTimeTest {
    @ParameterizedTest
    @CsvSource({
        "active;expires=3599, 3599",
        "pending; Expires=60 ;x=1, 60",
        "active, -1",
        "active;expires=never, -1",
        "terminated;reason=timeout, 0",
        "terminated;expires=60, 0"
    })
    void aNotifySaysWhatIsLeft(String state, long seconds) {
        assertThat(SubscriptionTime.leftBy(state)).isEqualTo(seconds);
    }

    @Test
    void anAnswerSaysWhatIsGranted() {
        assertThat(SubscriptionTime.grantedBy(" 600 ")).isEqualTo(600);
        assertThat(SubscriptionTime.grantedBy("99999999999")).isEqualTo(SubscriptionTime.UNTOLD);
        assertThat(SubscriptionTime.grantedBy(null)).isEqualTo(SubscriptionTime.UNTOLD);
        assertThat(SubscriptionTime.leftBy(null)).isEqualTo(SubscriptionTime.UNTOLD);
    }
}
