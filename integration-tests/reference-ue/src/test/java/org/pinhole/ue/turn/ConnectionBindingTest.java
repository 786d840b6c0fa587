package org.pinhole.ue.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.MessageType;
import org.pinhole.stun.Nonce;
import org.pinhole.stun.PasswordAlgorithm;
import org.pinhole.stun.Realm;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.Username;

/** A data connection's one request, against a server that answers from a script. */
class ConnectionBindingTest {
    private static final TurnCredentials ALICE = new TurnCredentials("alice", "wonder");
    private static final byte[] MD5 =
            LongTermKeys.of("alice", "pinhole.test", "wonder").require(PasswordAlgorithm.MD5);
    private static final ConnectionId ID = new ConnectionId(0xCAFE);

    /** Each request that is written is answered, and the answer can be read from then on. */
    private static final class Scripted implements StreamConnection {
        private final List<StunMessage> requests = new ArrayList<>();
        private final UnaryOperator<byte[]> more;
        private final Function<StunMessage, byte[]> script;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                answer(toByteArray());
                reset();
            }
        };
        private InputStream in = InputStream.nullInputStream();

        Scripted(Function<StunMessage, byte[]> script, UnaryOperator<byte[]> more) {
            this.script = script;
            this.more = more;
        }

        @Override
        public InputStream in() {
            return in;
        }

        @Override
        public OutputStream out() {
            return out;
        }

        private void answer(byte[] written) {
            StunMessage request = StunMessage.decode(Unpooled.wrappedBuffer(written));
            requests.add(request);
            in = new SequenceInputStream(in, new ByteArrayInputStream(more.apply(script.apply(request))));
        }

        @Override
        public void limitReads(Duration limit) {}

        @Override
        public void close() {}
    }

    private static byte[] answer(StunMessage request, MessageType type, boolean sealed, Attribute... attributes) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, type, request.transactionId());
        for (Attribute attribute : attributes) {
            encoder.add(attribute);
        }
        if (sealed) {
            encoder.integrity(MD5);
        }
        return ByteBufUtil.getBytes(out);
    }

    /** As a server whose nonces are bound to the address that asked: the first one here is stale. */
    private static byte[] challengeOnce(StunMessage request) {
        boolean ours =
                request.has(Nonce.TYPE) && request.require(Nonce.TYPE).value().equals("here");
        return ours
                ? answer(request, request.type().success(), true)
                : answer(
                        request,
                        request.type().error(),
                        false,
                        new ErrorCode(438, "Stale Nonce"),
                        new Realm("pinhole.test"),
                        new Nonce("here"));
    }

    private static byte[] with(byte[] answer, String more) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(answer);
        both.writeBytes(more.getBytes(StandardCharsets.US_ASCII));
        return both.toByteArray();
    }

    @Test
    @Tag("T-21")
    void whatIsBehindTheAnswerIsThePeersToTheOctet() throws IOException {
        Scripted server =
                new Scripted(request -> answer(request, request.type().success(), true), bytes -> with(bytes, "MSRP!"));

        new ConnectionBinding(server, ALICE, new Random(1)).bind(ID, null);

        assertThat(server.in().readAllBytes())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("MSRP!");
    }

    @Test
    @Tag("T-6")
    void aNonceThatTheServerBindsToTheAddressIsAskedForAnew() throws IOException {
        Scripted server = new Scripted(ConnectionBindingTest::challengeOnce, bytes -> bytes);

        new ConnectionBinding(server, ALICE, new Random(1)).bind(ID, null);

        StunMessage second = server.requests.get(1);
        assertThat(server.requests).hasSize(2);
        assertThat(second.type().method()).isEqualTo(StunMethod.CONNECTION_BIND);
        assertThat(second.require(ConnectionId.TYPE)).isEqualTo(ID);
        assertThat(second.require(Username.TYPE)).isEqualTo(new Username("alice"));
        assertThat(second.integrityIsRight(MD5)).isTrue();
    }

    @Test
    void aRefusalIsSaidAndNotRepeated() {
        Scripted server = new Scripted(
                request -> answer(request, request.type().error(), false, new ErrorCode(400, "Bad Request")),
                bytes -> bytes);

        assertThatThrownBy(() -> new ConnectionBinding(server, ALICE, new Random(1)).bind(ID, null))
                .isInstanceOf(TurnRefused.class)
                .hasMessageContaining("400");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void aServerThatClosesInsteadOfAnsweringIsSaidSo() {
        Scripted server = new Scripted(request -> new byte[0], bytes -> bytes);

        assertThatThrownBy(() -> new ConnectionBinding(server, ALICE, new Random(1)).bind(ID, null))
                .hasMessageContaining("closed the data connection");
    }
}
