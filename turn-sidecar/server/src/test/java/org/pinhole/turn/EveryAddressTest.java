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
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMessage;
import org.pinhole.turn.relay.IpLiteral;
import org.pinhole.turn.transport.Io;

/** A UDP listener on 0.0.0.0, on a machine of several addresses. */
class EveryAddressTest {
    private static final byte[] BINDING = HexFormat.of().parseHex("000100002112a442000102030405060708090a0b");
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Set<InetAddress> machine =
            new CopyOnWriteArraySet<>(List.of(IpLiteral.parse("127.0.0.1"), IpLiteral.parse("127.0.0.2")));

    /** A connected socket hears nothing that comes from elsewhere, as a NAT lets nothing else in. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    @Tag("T-16")
    void anAnswerComesFromTheAddressThatWasAskedEvenOfOneThatTheMachineGotLater(String kind) throws Exception {
        try (TurnServer server = server(kind.equals("nio") ? Io.nio(2) : Io.best(2))) {
            int port = server.listens().get(0).address().getPort();
            assertThat(ask("127.0.0.1", port)).isEqualTo(StunClass.SUCCESS);
            assertThat(ask("127.0.0.2", port)).isEqualTo(StunClass.SUCCESS);
            assertThatThrownBy(() -> ask("127.0.0.3", port)).isInstanceOf(PortUnreachableException.class);

            machine.add(IpLiteral.parse("127.0.0.3"));
            server.followAddresses();

            assertThat(ask("127.0.0.3", port)).isEqualTo(StunClass.SUCCESS);
        }
    }

    private TurnServer server(Io io) throws StartException {
        TurnOptions options = TurnMain.parse(List.of(
                "--realm=pinhole.test", "--user=alice:wonder", "--relay-address=127.0.0.1", "--udp-listen=0.0.0.0:0"));
        InstantSource clock = InstantSource.system();
        TurnSettings settings = new SettingsReader(options, clock).read();
        return TurnServer.start(settings, io, clock, () -> Set.copyOf(machine));
    }

    private static StunClass ask(String address, int port) throws IOException {
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.setSoTimeout(TIMEOUT_MILLIS);
            client.connect(new InetSocketAddress(IpLiteral.parse(address), port));
            client.send(new DatagramPacket(BINDING, BINDING.length));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            client.receive(answer);
            return StunMessage.decode(Unpooled.wrappedBuffer(answer.getData(), 0, answer.getLength()))
                    .type()
                    .kind();
        }
    }
}
