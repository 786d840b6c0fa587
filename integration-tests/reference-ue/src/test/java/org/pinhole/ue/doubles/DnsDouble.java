package org.pinhole.ue.discovery;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A test double: a DNS server on loopback that knows records by "name type number", their data ready made. */
final class DnsDouble implements AutoCloseable {
    private static final int HEADER = 12;

    private final DatagramSocket socket;
    private final Map<String, List<byte[]>> records;

    DnsDouble(Map<String, List<byte[]>> records) throws IOException {
        this.records = Map.copyOf(records);
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::serve, "dns-double");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void serve() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private byte[] answer(byte[] query) throws IOException {
        StringBuilder name = new StringBuilder();
        int at = HEADER;
        while (query[at] != 0) {
            name.append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII))
                    .append('.');
            at += query[at] + 1;
        }
        int type = query[at + 2];
        List<byte[]> found = records.getOrDefault(name.toString().toLowerCase(Locale.ROOT) + " " + type, List.of());
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        out.write(query, 0, 2);
        out.writeShort(found.isEmpty() ? 0x8583 : 0x8580); // authoritative; NXDOMAIN without records
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
    public void close() {
        socket.close();
    }
}
