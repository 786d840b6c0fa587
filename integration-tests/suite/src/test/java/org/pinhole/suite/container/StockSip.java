package org.pinhole.suite.container;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.UUID;

/** Speaks just enough SIP to the stock connectors to see that they answer: one request, the first response. */
public final class StockSip {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_RESPONSE = 8192;

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final int port;

    /** Of the container whose stock SIP connectors have this port. */
    public StockSip(int port) {
        this.port = port;
    }

    /** A URI that leads there, with this user part, as a Route has it. */
    public String uri(String user) {
        return "sip:" + user + "@127.0.0.1:" + port + ";transport=udp;lr";
    }

    /** Sends it and waits for the first response. */
    public String overUdp(String method, String requestUri, String... headers) throws IOException {
        return overUdpFrom(loopback, method, requestUri, headers);
    }

    /** The same from another address of this machine. */
    public String overUdpFrom(InetAddress own, String method, String requestUri, String... headers) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, own)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            byte[] request = request("UDP", socket.getLocalPort(), method, requestUri, headers);
            socket.send(new DatagramPacket(request, request.length, loopback, port));
            DatagramPacket response = new DatagramPacket(new byte[MAX_RESPONSE], MAX_RESPONSE);
            socket.receive(response);
            return new String(response.getData(), 0, response.getLength(), US_ASCII);
        }
    }

    /** Sends it and waits for the first response, of which it answers the head. */
    public String overTcp(String method, String requestUri, String... headers) throws IOException {
        try (Socket socket = new Socket(loopback, port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request("TCP", socket.getLocalPort(), method, requestUri, headers));
            return readHead(socket.getInputStream());
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0 && head.length() < MAX_RESPONSE) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static byte[] request(String transport, int from, String method, String requestUri, String... headers) {
        String unique = UUID.randomUUID().toString();
        return (method + " " + requestUri + " SIP/2.0\r\n"
                        + "Via: SIP/2.0/" + transport + " 127.0.0.1:" + from + ";branch=z9hG4bK" + unique + ";rport\r\n"
                        + "From: <sip:alice@pinhole.test>;tag=" + unique.substring(0, 8) + "\r\n"
                        + "To: <sip:alice@pinhole.test>\r\n"
                        + "Call-ID: " + unique + "\r\nCSeq: 1 " + method + "\r\nMax-Forwards: 70\r\n"
                        + String.join(
                                "",
                                Arrays.stream(headers)
                                        .map(header -> header + "\r\n")
                                        .toList())
                        + "Content-Length: 0\r\n\r\n")
                .getBytes(US_ASCII);
    }
}
