package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.limit.Network;

class StrangersInvitesTest {
    private static final int EACH = StrangersInvites.EACH_OCTETS;

    private long now = 77;
    private final StrangersInvites invites = new StrangersInvites(16L * EACH, () -> now);

    @Test
    void aNetworkHasHalfOfTheMemoryAndTheNextHalfOfWhatIsLeft() throws Exception {
        assertThat(admitted(network(1))).isEqualTo(6); // of twelve
        assertThat(admitted(network(2))).isEqualTo(3);
        assertThat(admitted(network(3))).isEqualTo(2);
        assertThat(admitted(network(4))).isEqualTo(1);
        assertThat(admitted(network(5))).isZero();
    }

    @Test
    void eachIsForgottenWhenTheContainerForgetsIt() throws Exception {
        for (int call = 0; call < 3; call++) {
            assertThat(invites.admit(network(1), false, 0)).isTrue();
        }
        now += TimeUnit.SECONDS.toNanos(30);
        assertThat(admitted(network(1))).isEqualTo(3);

        now += TimeUnit.SECONDS.toNanos(30);

        assertThat(admitted(network(1))).isEqualTo(3);
        now += TimeUnit.SECONDS.toNanos(60);
        assertThat(admitted(network(1))).isEqualTo(6);
    }

    @Test
    void aBodyCounts() throws Exception {
        for (int call = 0; call < 3; call++) {
            assertThat(invites.admit(network(1), false, EACH)).isTrue();
        }

        assertThat(invites.admit(network(1), false, EACH)).isFalse();
    }

    @Test
    void callsForHelpHaveMemoryOfTheirOwn() throws Exception {
        for (int other = 1; other <= 5; other++) {
            admitted(network(other));
        }

        assertThat(invites.admit(network(6), false, 0)).isFalse();
        assertThat(invites.admit(network(1), true, 0)).isTrue();
        assertThat(invites.admit(network(6), true, 0)).isTrue();
    }

    /** Until one is refused. */
    private int admitted(Network network) {
        int admitted = 0;
        while (invites.admit(network, false, 0)) {
            admitted++;
        }
        return admitted;
    }

    private static Network network(int number) throws UnknownHostException {
        return Network.source(InetAddress.getByName("192.0." + number + ".0"));
    }
}
