package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMessage;
import org.pinhole.turn.relay.IpLiteral;
import org.pinhole.turn.transport.Io;

/** A UDP listener on 0.0.0.0 or [::], on a machine of several addresses. */
class EveryAddressTest {
    private static final byte[] BINDING = HexFormat.of().parseHex("000100002112a442000102030405060708090a0b");
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Set<InetAddress> machine =
            new CopyOnWriteArraySet<>(List.of(IpLiteral.parse("127.0.0.1"), IpLiteral.parse("127.0.0.2")));
    private volatile Instant now = Instant.ofEpochSecond(1_790_000_000L);

    /** A connected socket hears nothing that comes from elsewhere, as a NAT lets nothing else in. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    @Tag("T-16")
    void anAnswerComesFromTheAddressThatWasAskedEvenOfOneThatTheMachineGotLater(String kind) throws Exception {
        try (TurnServer server = server(kind.equals("nio") ? Io.nio(2) : Io.best(2), "0.0.0.0")) {
            int port = server.listens().get(0).address().getPort();
            assertThat(ask("127.0.0.1", port)).isEqualTo(StunClass.SUCCESS);
            assertThat(ask("127.0.0.2", port)).isEqualTo(StunClass.SUCCESS);
            assertThatThrownBy(() -> ask("127.0.0.3", port)).isInstanceOf(PortUnreachableException.class);

            machine.add(IpLiteral.parse("127.0.0.3"));
            server.followAddresses();

            assertThat(ask("127.0.0.3", port)).isEqualTo(StunClass.SUCCESS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    @Tag("T-19")
    void allAddressesOfIpv6AreThoseOfIpv4Too(String kind) throws Exception {
        Ipv6.assumeIsHere();
        machine.add(IpLiteral.parse("::1"));

        try (TurnServer server = server(kind.equals("nio") ? Io.nio(2) : Io.best(2), "[::]")) {
            int port = server.listens().get(0).address().getPort();

            assertThat(ask("::1", port)).isEqualTo(StunClass.SUCCESS);
            assertThat(ask("127.0.0.1", port)).isEqualTo(StunClass.SUCCESS);
        }
    }

    /** Containers come and go, each with an address: what they leave behind would add up to every descriptor there is. */
    @Test
    void anAddressThatIsGoneIsServedOnForAWhileAndThenItsSocketsAreClosed() throws Exception {
        try (TurnServer server = server(Io.best(2), "0.0.0.0")) {
            int port = server.listens().get(0).address().getPort();
            machine.remove(IpLiteral.parse("127.0.0.2"));

            server.followAddresses();
            assertThat(ask("127.0.0.2", port)).as("it may come back").isEqualTo(StunClass.SUCCESS);
            now = now.plus(Duration.ofMinutes(2)).plusSeconds(1);
            server.followAddresses();
            assertThatThrownBy(() -> ask("127.0.0.2", port)).isInstanceOf(PortUnreachableException.class);
            assertThat(server.facts().get("udp")).isEqualTo("127.0.0.1:" + port);

            machine.add(IpLiteral.parse("127.0.0.2"));
            server.followAddresses();
            assertThat(ask("127.0.0.2", port)).isEqualTo(StunClass.SUCCESS);
        }
    }

    private TurnServer server(Io io, String listen) throws StartException {
        TurnOptions options = TurnMain.parse(List.of(
                "--realm=pinhole.test",
                "--user=alice:wonder",
                "--relay-address=127.0.0.1",
                "--udp-listen=" + listen + ":0"));
        TurnSettings settings = new SettingsReader(options, () -> now).read();
        return TurnServer.start(settings, io, () -> now, () -> Set.copyOf(machine));
    }

    private static StunClass ask(String address, int port) throws IOException {
        InetSocketAddress asked = new InetSocketAddress(IpLiteral.parse(address), port);
        try (DatagramSocket client = new DatagramSocket(new InetSocketAddress(asked.getAddress(), 0))) {
            client.setSoTimeout(TIMEOUT_MILLIS);
            client.connect(asked);
            client.send(new DatagramPacket(BINDING, BINDING.length));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            client.receive(answer);
            return StunMessage.decode(Unpooled.wrappedBuffer(answer.getData(), 0, answer.getLength()))
                    .type()
                    .kind();
        }
    }
}
