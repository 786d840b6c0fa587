package org.pinhole.turn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.DataAttribute;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.Nonce;
import org.pinhole.stun.PasswordAlgorithm;
import org.pinhole.stun.Realm;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunFraming;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;
import org.pinhole.stun.Username;
import org.pinhole.stun.XorPeerAddress;

/** A small TURN client on blocking sockets: one request, one answer. */
final class TestClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    /** A way to send and receive whole frames. */
    interface Wire extends AutoCloseable {
        void send(byte[] frame) throws IOException;

        byte[] receive() throws IOException;

        @Override
        void close() throws IOException;
    }

    private final Wire wire;
    private final Random random = new Random();
    private @Nullable Realm realm;
    private @Nullable Nonce nonce;

    private TestClient(Wire wire) {
        this.wire = wire;
    }

    static TestClient tcp(InetSocketAddress server) throws IOException {
        return stream(SocketFactory.getDefault(), server);
    }

    /** From the address that the server listens on: loopback, of either family. */
    static TestClient udp(InetSocketAddress server) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(server.getAddress(), 0));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(server);
        return new TestClient(new Wire() {
            @Override
            public void send(byte[] frame) throws IOException {
                socket.send(new DatagramPacket(frame, frame.length));
            }

            @Override
            public byte[] receive() throws IOException {
                DatagramPacket packet = new DatagramPacket(new byte[65535], 65535);
                socket.receive(packet);
                return java.util.Arrays.copyOf(packet.getData(), packet.getLength());
            }

            @Override
            public void close() {
                socket.close();
            }
        });
    }

    /** Over TCP, or over TLS with a factory that makes such sockets. */
    static TestClient stream(SocketFactory sockets, InetSocketAddress server) throws IOException {
        return over(sockets.createSocket(server.getAddress(), server.getPort()));
    }

    /** Over a connection that is open already. */
    static TestClient over(Socket socket) throws IOException {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        return new TestClient(new Wire() {
            @Override
            public void send(byte[] frame) throws IOException {
                byte[] padded = java.util.Arrays.copyOf(frame, frame.length + (-frame.length & 3));
                socket.getOutputStream().write(padded);
                socket.getOutputStream().flush();
            }

            @Override
            public byte[] receive() throws IOException {
                byte[] head = new byte[4]; // enough for ChannelData; STUN wants to see its cookie
                in.readFully(head);
                if (!ChannelData.startsWith(head[0])) {
                    head = java.util.Arrays.copyOf(head, 8);
                    in.readFully(head, 4, 4);
                }
                byte[] frame = java.util.Arrays.copyOf(head, StunFraming.frameLength(Unpooled.wrappedBuffer(head)));
                in.readFully(frame, head.length, frame.length - head.length);
                return frame;
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        });
    }

    /** From now on the ids of its transactions are those of every run. */
    void seed(long seed) {
        random.setSeed(seed);
    }

    /** Sends bytes as they are and returns the next frame. */
    void raw(byte[] bytes) throws IOException {
        wire.send(bytes);
    }

    byte[] receive() throws IOException {
        return wire.receive();
    }

    /** A request as it would be sent, of a user who has been challenged. */
    byte[] request(String user, String password, StunMethod method, Attribute... attributes) {
        Realm challenged = Objects.requireNonNull(realm, "ask first");
        byte[] key = LongTermKeys.of(user, challenged.value(), password).require(PasswordAlgorithm.MD5);
        return encode(method, user, key, List.of(attributes));
    }

    /** A request without credentials. */
    byte[] unsigned(StunMethod method, Attribute... attributes) {
        return encode(method, null, null, List.of(attributes));
    }

    byte[] sendIndication(InetSocketAddress peer, byte[] data) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder.start(out, StunMethod.SEND.indication(), TransactionId.random(random))
                .add(new XorPeerAddress(peer))
                .add(new DataAttribute(Unpooled.wrappedBuffer(data)));
        return bytes(out);
    }

    byte[] channelData(int channel, byte[] data) {
        ByteBuf out = Unpooled.buffer();
        ChannelData.writeHeader(out, channel, data.length);
        return bytes(out.writeBytes(data));
    }

    StunMessage binding() throws IOException {
        return exchange(encode(StunMethod.BINDING, null, null, List.of()));
    }

    /** Goes on with the challenge that another client was given. */
    void challengedLike(TestClient other) {
        realm = other.realm;
        nonce = other.nonce;
    }

    /** A request of a user, who is challenged first if that has not happened yet. */
    StunMessage ask(String user, String password, StunMethod method, Attribute... attributes) throws IOException {
        if (realm == null || nonce == null) {
            StunMessage challenge = exchange(encode(StunMethod.REFRESH, null, null, List.of()));
            realm = challenge.require(Realm.TYPE);
            nonce = challenge.require(Nonce.TYPE);
        }
        return exchange(request(user, password, method, attributes));
    }

    void sendOn(int channel, byte[] data) throws IOException {
        wire.send(channelData(channel, data));
    }

    byte[] receiveOn(int channel) throws IOException {
        ByteBuf frame = Unpooled.wrappedBuffer(wire.receive());
        if (ChannelData.channel(frame) != channel) {
            throw new IOException("not ChannelData of channel " + channel);
        }
        byte[] data = bytes(ChannelData.data(frame));
        for (int at = ChannelData.HEADER_BYTES + data.length; at < frame.writerIndex(); at++) {
            if (frame.getByte(at) != 0) {
                throw new IOException("padding that is not zero");
            }
        }
        return data;
    }

    private byte[] encode(StunMethod method, @Nullable String user, byte @Nullable [] key, List<Attribute> attributes) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, method.request(), TransactionId.random(random));
        attributes.forEach(encoder::add);
        if (user != null && key != null && realm != null && nonce != null) {
            encoder.add(new Username(user)).add(realm).add(nonce).integrity(key);
        }
        return bytes(out);
    }

    private StunMessage exchange(byte[] request) throws IOException {
        wire.send(request);
        return StunMessage.decode(Unpooled.wrappedBuffer(wire.receive()));
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
