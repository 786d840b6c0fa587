package org.pinhole.ue.doubles;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A test double: a DNS server on loopback, over UDP and TCP, that knows records by "name type number", their data ready
 * made.
 */
public final class DnsDouble implements AutoCloseable {
    public static final int SRV = 33;
    public static final int NAPTR = 35;

    private static final int HEADER = 12;
    private static final int ANSWERED = 0x8580; // authoritative
    private static final int NO_SUCH_NAME = 0x8583;
    private static final int SERVER_FAILURE = 0x8582;
    private static final int TRUNCATED = 0x8780;

    private final ServerSocket listener;
    private final DatagramSocket socket;
    private final Map<String, List<byte[]>> records;
    private final int inDatagrams;

    private DnsDouble(Map<String, List<byte[]>> records, int inDatagrams) throws IOException {
        this.records = Map.copyOf(records);
        this.inDatagrams = inDatagrams;
        this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        this.socket = new DatagramSocket(listener.getLocalSocketAddress());
        serving(this::serveDatagrams);
        serving(this::serveConnections);
    }

    /** One that answers what it is asked. */
    public static DnsDouble answering(Map<String, List<byte[]>> records) throws IOException {
        return new DnsDouble(records, ANSWERED);
    }

    /** One that has its answers fetched over TCP. */
    public static DnsDouble truncating(Map<String, List<byte[]>> records) throws IOException {
        return new DnsDouble(records, TRUNCATED);
    }

    /** One that fails at everything. */
    public static DnsDouble failing() throws IOException {
        return new DnsDouble(Map.of(), SERVER_FAILURE);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private static void serving(Runnable server) {
        Thread thread = new Thread(server, "dns-double");
        thread.setDaemon(true);
        thread.start();
    }

    private void serveDatagrams() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()), inDatagrams);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serveConnections() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                byte[] answer = answer(in.readNBytes(in.readUnsignedShort()), ANSWERED);
                DataOutputStream out = new DataOutputStream(client.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
            } catch (IOException e) {
                // A client that left, or the end of the test.
            }
        }
    }

    private byte[] answer(byte[] query, int flags) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (query[at] != 0) {
            name.append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII))
                    .append('.');
            at += query[at] + 1;
        }
        int type = query[at + 2];
        List<byte[]> known = records.getOrDefault(name.toString().toLowerCase(Locale.ROOT) + " " + type, List.of());
        List<byte[]> found = flags == ANSWERED ? known : List.of();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        out.write(query, 0, 2);
        out.writeShort(flags == ANSWERED && found.isEmpty() ? NO_SUCH_NAME : flags);
        out.writeShort(1);
        out.writeShort(found.size());
        out.writeInt(0);
        out.write(query, HEADER, at + 5 - HEADER);
        for (byte[] data : found) {
            out.writeShort(0xC000 | HEADER);
            out.writeShort(type);
            out.writeShort(1);
            out.writeInt(60);
            out.writeShort(data.length);
            out.write(data);
        }
        return octets.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        listener.close();
    }

    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] data(Writer writer) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        writer.write(new DataOutputStream(octets));
        return octets.toByteArray();
    }

    private static void name(DataOutputStream out, String name) throws IOException {
        for (String label : name.isEmpty() ? new String[0] : name.split("\\.", -1)) {
            text(out, label);
        }
        out.writeByte(0);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.writeByte(text.length());
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The data of a NAPTR record for SIP over TLS. */
    public static byte[] naptr(String replacement) throws IOException {
        return data(out -> {
            out.writeShort(10);
            out.writeShort(50);
            text(out, "s");
            text(out, "SIPS+D2T");
            text(out, "");
            name(out, replacement);
        });
    }

    /** The data of an SRV record. */
    public static byte[] srv(int port, String target) throws IOException {
        return data(out -> {
            out.writeShort(1);
            out.writeShort(0);
            out.writeShort(port);
            name(out, target);
        });
    }
}
