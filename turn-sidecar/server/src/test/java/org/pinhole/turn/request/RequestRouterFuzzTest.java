package org.pinhole.turn.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Tag;

/** Whatever a client without credentials sends, the router neither fails, answers twice nor remembers anything. */
@Tag("T-18")
class RequestRouterFuzzTest {
    private final Server server = new Server();

    @FuzzTest(maxDuration = "3m")
    void noMessageOfAClientThrowsOrIsAnsweredTwice(byte[] bytes) {
        FakePath stranger = new FakePath(org.pinhole.turn.allocation.TransportProtocol.UDP, 45000);
        ByteBuf message = Unpooled.wrappedBuffer(bytes);

        server.router.received(stranger, message);

        assertThat(message.refCnt()).isOne();
        assertThat(stranger.answers).hasSizeLessThanOrEqualTo(1);
        assertThat(server.table.size()).isZero();
    }

    /** The same from a client that has an allocation, a permission and a channel: its unauthenticated paths are open. */
    @FuzzTest(maxDuration = "3m")
    void noMessageOfAClientWithAnAllocationThrowsOrLeaks(byte[] bytes) {
        if (server.table.size() == 0) {
            server.allocate();
            server.bind(0x4000, Server.PEER);
        }
        int answers = server.client.answers.size();
        ByteBuf message = Unpooled.wrappedBuffer(bytes);

        server.router.received(server.client, message);

        assertThat(message.refCnt()).isOne();
        assertThat(server.client.answers.size() - answers).isLessThanOrEqualTo(1);
        assertThat(server.table.size()).isOne();
        server.client.answers.clear();
        server.relays.sent.clear();
    }
}
