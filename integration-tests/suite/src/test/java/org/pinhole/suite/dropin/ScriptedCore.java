package org.pinhole.suite.dropin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An IMS core in a test's hands, over UDP: what comes to it, once each, and what it is to say. */
final class ScriptedCore implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final DatagramSocket socket;
    private final int edgePort;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final Set<String> seen = new HashSet<>();

    /** In front of a container whose own SIP connectors have this port. */
    ScriptedCore(int edgePort) throws IOException {
        this.edgePort = edgePort;
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread reader = new Thread(this::read, "scripted-core");
        reader.setDaemon(true);
        reader.start();
    }

    /** As {@code pinhole.next-hop} has it. */
    String uri() {
        return "sip:" + host() + ";transport=udp";
    }

    private String host() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void read() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
                socket.receive(packet);
                String message = new String(packet.getData(), 0, packet.getLength(), UTF_8);
                String first = message.split("\r\n", 2)[0];
                if (seen.add(first + ImsPhone.value(message, "Via") + ImsPhone.value(message, "CSeq"))) {
                    received.add(message);
                }
            }
        } catch (IOException closed) {
            received.add(ImsPhone.CLOSED);
        }
    }

    /** The next message that begins like this; what comes before it is of no interest. */
    String next(String beginning) throws InterruptedException {
        @Nullable String message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (message != null && !message.startsWith(beginning)) {
            message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(message).as("%s at the core", beginning).isNotNull();
        return message == null ? "" : message;
    }

    /** Answers a request. */
    void answer(String request, String statusAndReason, String headers) throws IOException {
        String to = ImsPhone.value(request, "To");
        send("SIP/2.0 " + statusAndReason + "\r\n"
                + request.lines()
                        .filter(line -> line.matches("(?:Via|Record-Route|From|Call-ID|CSeq): .*"))
                        .map(line -> line + "\r\n")
                        .collect(Collectors.joining())
                + "To: " + to + (to.contains(";tag=") ? "" : ";tag=core") + "\r\n" + headers
                + "Content-Length: 0\r\n\r\n");
    }

    /** Sends a request; {@code dialog} holds From, To and Call-ID. */
    void say(String method, String uri, String dialog, String headers, String body) throws IOException {
        send(method + " " + uri + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP " + host() + ";branch=z9hG4bK" + UUID.randomUUID() + "\r\n"
                + "Max-Forwards: 70\r\n" + dialog + "CSeq: 7 " + method + "\r\n" + headers
                + "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body);
    }

    private void send(String message) throws IOException {
        byte[] bytes = message.getBytes(UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), edgePort));
    }

    @Override
    public void close() {
        socket.close();
    }
}
