package org.pinhole.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same link-local address may be on several interfaces, and an interface may be made anew. */
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

    /** Java gives it a zone as well, and its sockets are in nobody's way but ours. */
    @Test
    void aGlobalAddressIsOneOnWhateverInterface() {
        listener.follow(List.of(inet6("20010db8000000000000000000000001", 2)));

        for (int i = 0; i < 2; i++) {
            listener.follow(List.of(inet6("20010db8000000000000000000000001", 7)));
            now = now.plus(EveryAddress.PATIENCE).plusSeconds(1);
        }

        assertThat(bound).containsExactly(2);
        assertThat(listener.addresses()).hasSize(1);
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
        return inet6("fe800000000000000000000000000001", scope);
    }

    private static InetAddress inet6(String hex, int scope) {
        try {
            return Inet6Address.getByAddress(null, HexFormat.of().parseHex(hex), scope);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
