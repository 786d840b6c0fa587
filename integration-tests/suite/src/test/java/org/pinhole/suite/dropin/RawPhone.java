package org.pinhole.suite.dropin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.Tunnel;
import org.pinhole.ue.tunnel.TunnelRoute;

/** One connection that says single requests of alice's, with the header fields and the body that a test wants. */
final class RawPhone implements Closeable {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final String URI = "sip:who@" + Site.DOMAIN;

    private final String transport;
    private final Closeable connection;
    private final InputStream in;
    private final OutputStream out;
    private PhoneCredentials credentials = new PhoneCredentials(Site.ALICE, Site.ALICE_PASSWORD);
    private String domain = Site.DOMAIN;
    private int cseq;

    private RawPhone(String transport, Closeable connection, InputStream in, OutputStream out) {
        this.transport = transport;
        this.connection = connection;
        this.in = in;
        this.out = out;
    }

    /** On a connector of ours. */
    static RawPhone overTls(InetSocketAddress connector, Path caFile) throws IOException {
        return overTls(TunnelRoute.to(new HostPort("127.0.0.1", connector.getPort()), Trust.ofPem(caFile)));
    }

    /** The same by way of a route of the phone's own. */
    static RawPhone overTls(TunnelRoute route) throws IOException {
        Tunnel tunnel = Tunnel.open(route);
        return new RawPhone("TLS", tunnel::close, tunnel.input(), tunnel.output());
    }

    /** The same with a context of the phone's own. */
    static RawPhone overTls(InetSocketAddress connector, SSLContext phone) throws IOException {
        Socket socket = phone.getSocketFactory().createSocket(connector.getAddress(), connector.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new RawPhone("TLS", socket, socket.getInputStream(), socket.getOutputStream());
    }

    /** On the container's own. */
    static RawPhone overTcp(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new RawPhone("TCP", socket, socket.getInputStream(), socket.getOutputStream());
    }

    /** From now on alice is one of this domain's. */
    RawPhone of(String otherDomain) {
        domain = otherDomain;
        return this;
    }

    /** From now on it answers challenges for this user. */
    RawPhone as(String user, String password) {
        credentials = new PhoneCredentials(user, password);
        return this;
    }

    /** Sends a request without credentials. */
    String send(String method, String headers) throws IOException {
        return exchange(method, headers, new byte[0]);
    }

    /** Sends a request, and once more with the answer to its challenge. */
    String authenticate(String method, String headers, byte[] body) throws IOException {
        String challenged = exchange(method, headers, body);
        return exchange(method, headers + answer(challenged, method, body), body);
    }

    /** The header field that answers a challenge. */
    String answer(String challenged, String method, byte[] body) {
        return credentials.answer(challenged, method, URI, body);
    }

    /** Sends a request and a ping behind it; what comes first, the pong included. */
    String sendAndPing(String method, String headers) throws IOException {
        write(method, headers, new byte[0]);
        out.write("\r\n\r\n".getBytes(UTF_8));
        out.flush();
        return read();
    }

    /** As the caller, sends a request within the dialog that this 2xx has made. */
    String within(String method, int number, String ok) throws IOException {
        writeWithin(method, number, ok);
        return finalResponse();
    }

    /** The ACK to a 2xx. */
    void acknowledge(String ok) throws IOException {
        writeWithin("ACK", cseqOf(ok), ok);
    }

    private static int cseqOf(String ok) {
        return Integer.parseInt(value(ok, "CSeq").replaceAll("\\D", ""));
    }

    private void writeWithin(String method, int number, String ok) throws IOException {
        List<String> routes = new ArrayList<>(ok.lines()
                .filter(line -> line.startsWith("Record-Route: "))
                .map(line -> line.substring("Record-".length()) + "\r\n")
                .toList());
        Collections.reverse(routes);
        String request = method + " " + value(ok, "Contact").replaceAll(".*<(.*)>.*", "$1") + " SIP/2.0\r\n"
                + "Via: SIP/2.0/" + transport + " 127.0.0.1:5999;branch=z9hG4bK" + UUID.randomUUID() + ";rport\r\n"
                + "Max-Forwards: 70\r\n" + String.join("", routes)
                + "From: " + value(ok, "From") + "\r\nTo: " + value(ok, "To") + "\r\nCall-ID: "
                + value(ok, "Call-ID") + "\r\nCSeq: " + number + " " + method + "\r\n"
                + "Contact: <sip:alice@127.0.0.1:5999;transport=" + transport.toLowerCase(Locale.ROOT) + ">\r\n"
                + "Content-Length: 0\r\n\r\n";
        out.write(request.getBytes(UTF_8));
        out.flush();
    }

    private static String value(String message, String name) {
        return message.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + message));
    }

    private String exchange(String method, String headers, byte[] body) throws IOException {
        write(method, headers, body);
        return finalResponse();
    }

    private String finalResponse() throws IOException {
        String response = read();
        while (response.startsWith("SIP/2.0 1")) {
            response = read();
        }
        return response;
    }

    private void write(String method, String headers, byte[] body) throws IOException {
        String id = UUID.randomUUID().toString();
        cseq++;
        String head = method + " " + URI + " SIP/2.0\r\n"
                + "Via: SIP/2.0/" + transport + " 127.0.0.1:5999;branch=z9hG4bK" + id + ";rport\r\n"
                + "Max-Forwards: 70\r\nFrom: <sip:alice@" + domain + ">;tag=" + id.substring(0, 8) + "\r\n"
                + "To: <" + URI + ">\r\nCall-ID: " + id + "\r\nCSeq: " + cseq + " " + method + "\r\n"
                + (method.equals("PUBLISH") ? "Event: presence\r\nExpires: 60\r\n" : "")
                + (body.length > 0 ? "Content-Type: text/plain;charset=UTF-8\r\n" : "")
                + headers
                + "Content-Length: " + body.length + "\r\n\r\n";
        out.write(head.getBytes(UTF_8));
        out.write(body);
        out.flush();
    }

    private String read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            assertThat(next).as("the connection was closed after %s", bytes).isNotNegative();
            bytes.write(next);
        }
        return bytes.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
