package org.pinhole.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Link-local addresses: the same one may be on several interfaces, and an interface may be made anew. */
@Tag("T-19")
class ZonesTest {
    private static final InetSocketAddress ALL = new InetSocketAddress("::", 3478);

    private final List<Integer> bound = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(1_790_000_000L);
    private final EveryAddress listener = new EveryAddress(ALL, this::bind, () -> now);

    @Test
    void oneAddressOnTwoInterfacesIsServedOnBoth() {
        listener.follow(onInterfaces(2, 3));

        assertThat(bound).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void anInterfaceThatIsMadeAnewIsBoundAgainAndTheOldOneGivenUp() {
        listener.follow(onInterfaces(2));

        listener.follow(onInterfaces(7));
        now = now.plus(EveryAddress.PATIENCE).plusSeconds(1);
        listener.follow(onInterfaces(7));

        assertThat(bound).containsExactly(2, 7);
        assertThat(listener.addresses())
                .extracting(address -> scope(address.getAddress()))
                .containsExactly(7);
    }

    @Test
    void anAddressThatComesBackInTimeKeepsItsSockets() {
        listener.follow(onInterfaces(2));

        for (int i = 0; i < 3; i++) {
            listener.follow(List.of());
            now = now.plus(EveryAddress.PATIENCE);
            listener.follow(onInterfaces(2));
        }

        assertThat(bound).containsExactly(2);
        assertThat(listener.addresses()).hasSize(1);
    }

    private UdpPort bind(InetSocketAddress wanted) throws IOException {
        bound.add(scope(wanted.getAddress()));
        return new UdpPort(wanted, List.of());
    }

    private static int scope(InetAddress address) {
        return ((Inet6Address) address).getScopeId();
    }

    private static List<InetAddress> onInterfaces(int... scopes) {
        return IntStream.of(scopes).mapToObj(ZonesTest::linkLocal).toList();
    }

    private static InetAddress linkLocal(int scope) {
        byte[] address = new byte[16];
        address[0] = (byte) 0xFE;
        address[1] = (byte) 0x80;
        address[15] = 1;
        try {
            return Inet6Address.getByAddress(null, address, scope);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
