package org.pinhole.ue.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;

/** The count of numbered packets, over two wires that lead into each other. */
class RelayEchoTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 4000);
    private static final TurnCredentials NOBODY = new TurnCredentials("nobody", "");

    /** What a frame becomes on its way; null is a loss. */
    private interface Path {
        byte @Nullable [] apply(byte[] frame);
    }

    /** Hands each frame to the other wire, as the path leaves it. */
    private static final class Crossed implements TurnWire {
        private final Path path;
        private @Nullable Listener listener;
        private @Nullable Crossed other;

        Crossed(Path path) {
            this.path = path;
        }

        @Override
        public void start(Listener reader) {
            listener = reader;
        }

        @Override
        public void send(byte[] frame) {
            if (!ChannelData.startsWith(frame[0])) {
                succeed(StunMessage.decode(Unpooled.wrappedBuffer(frame)));
                return;
            }
            Crossed far = other;
            byte[] left = path.apply(frame.clone());
            Listener reader = far == null ? null : far.listener;
            if (left != null && reader != null) {
                reader.frame(left);
            }
        }

        /** ChannelBind, which here nobody has to prove anything for. */
        private void succeed(StunMessage request) {
            ByteBuf out = Unpooled.buffer();
            StunEncoder.start(out, request.type().success(), request.transactionId());
            Listener reader = listener;
            if (reader != null) {
                reader.frame(ByteBufUtil.getBytes(out));
            }
        }

        @Override
        public boolean reliable() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static EchoResult run(int packets, Path there) throws IOException {
        Crossed nearWire = new Crossed(there);
        Crossed farWire = new Crossed(frame -> frame);
        nearWire.other = farWire;
        farWire.other = nearWire;
        TurnClient near = client(nearWire);
        TurnClient far = client(farWire);
        return new RelayEcho(
                        near, near.bindChannel(PEER), far, far.bindChannel(PEER), () -> Instant.EPOCH, Duration.ZERO)
                .run(packets, 160);
    }

    private static TurnClient client(TurnWire wire) throws IOException {
        return new TurnClient(wire, NOBODY, Patience.SYSTEM);
    }

    @Test
    void aPathThatDoesItsPartIsClean() throws IOException {
        EchoResult result = run(1000, frame -> frame);

        assertThat(result).isEqualTo(new EchoResult(1000, 160, 1000, 1000, 0, Duration.ZERO));
        assertThat(result.clean()).isTrue();
    }

    @Test
    void oneLostAndOneAlteredAreCounted() throws IOException {
        int[] sent = {0};
        EchoResult result = run(10, frame -> {
            int number = sent[0]++;
            if (number == 3) {
                return null;
            }
            if (number == 5) {
                frame[frame.length - 1] ^= 1;
            }
            return frame;
        });

        assertThat(result.arrived()).isEqualTo(8);
        assertThat(result.returned()).isEqualTo(8);
        assertThat(result.altered()).isEqualTo(1);
        assertThat(result.lost()).isEqualTo(2);
        assertThat(result.clean()).isFalse();
    }
}
