package org.pinhole.suite.dropin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.digest.Challenge;
import org.pinhole.ue.digest.Credentials;
import org.pinhole.ue.digest.DigestAnswer;
import org.pinhole.ue.digest.DigestClient;
import org.pinhole.ue.digest.DigestRequest;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.Tunnel;
import org.pinhole.ue.tunnel.TunnelRoute;

/** A phone of an IMS subscriber on one flow, which says what a test wants it to say, word for word. */
final class ImsPhone implements AutoCloseable {
    static final String CLOSED = "closed";
    private static final int PATIENCE_SECONDS = 20;
    private static final String REGISTRAR = "sip:" + Site.DOMAIN;

    private final String user;
    private final String transport;
    private final Closeable connection;
    private final String authority;
    private final OutputStream out;
    private final DigestClient digest;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final String instance = UUID.randomUUID().toString();
    private int cseq;

    private ImsPhone(
            String user,
            String password,
            String transport,
            Closeable connection,
            HostPort local,
            InputStream in,
            OutputStream out) {
        this.user = user;
        this.transport = transport;
        this.connection = connection;
        this.authority = local.authority();
        this.out = out;
        this.digest = new DigestClient(
                Credentials.of(user, password), () -> UUID.randomUUID().toString());
        Thread reader = new Thread(() -> read(in), "ims-phone-" + user);
        reader.setDaemon(true);
        reader.start();
    }

    static ImsPhone connect(InetSocketAddress connector, Path caFile, String user, String password) throws IOException {
        TunnelRoute route = TunnelRoute.to(new HostPort("127.0.0.1", connector.getPort()), Trust.ofPem(caFile));
        Tunnel tunnel = Tunnel.open(route);
        return new ImsPhone(
                user, password, "tls", tunnel::close, tunnel.localAddress(), tunnel.input(), tunnel.output());
    }

    /** Without TLS. */
    static ImsPhone connectInTheClear(InetSocketAddress connector, String user) throws IOException {
        Socket socket = new Socket(connector.getAddress(), connector.getPort());
        HostPort local = new HostPort(socket.getLocalAddress().getHostAddress(), socket.getLocalPort());
        return new ImsPhone(user, "unused", "tcp", socket, local, socket.getInputStream(), socket.getOutputStream());
    }

    /** The URI of its Contact. */
    String contact() {
        return "sip:" + user + "@" + authority + ";transport=" + transport;
    }

    /** Sends a REGISTER for this flow. */
    void register(String headers) throws IOException {
        String contact = "Contact: <%s>;reg-id=1;+sip.instance=\"<urn:uuid:%s>\"\r\n".formatted(contact(), instance);
        say(
                "REGISTER",
                REGISTRAR,
                "sip:" + user + "@" + Site.DOMAIN,
                contact + "Supported: path, outbound\r\n" + headers);
    }

    /** The header field that answers a challenge to a REGISTER. */
    String answerTo(String challenge) {
        List<Challenge> challenges = challenge
                .lines()
                .filter(line -> line.startsWith("WWW-Authenticate: "))
                .map(line -> Challenge.parse(line.substring("WWW-Authenticate: ".length())))
                .toList();
        assertThat(digest.accept(challenges)).as(challenge).isTrue();
        @Nullable DigestAnswer answer = digest.answer(DigestRequest.of("REGISTER", REGISTRAR, new byte[0]));
        assertThat(answer).isNotNull();
        return "Authorization: " + answer.headerValue() + "\r\n";
    }

    /** Sends a request outside of dialogs; the request. */
    String say(String method, String uri, String to, String headers) throws IOException {
        cseq++;
        String dialog = UUID.randomUUID().toString();
        String request = "%s %s SIP/2.0\r\n".formatted(method, uri)
                + "Via: SIP/2.0/%s %s;branch=z9hG4bK%s;rport;keep\r\n"
                        .formatted(transport.toUpperCase(Locale.ROOT), authority, dialog)
                + "Max-Forwards: 70\r\nFrom: <sip:%s@%s>;tag=%s\r\n"
                        .formatted(user, Site.DOMAIN, dialog.substring(0, 8))
                + "To: <%s>\r\nCall-ID: %s\r\nCSeq: %d %s\r\n".formatted(to, dialog, cseq, method)
                + headers
                + "Content-Length: 0\r\n\r\n";
        send(request);
        return request;
    }

    /** Calls somebody. */
    String invite(String callee) throws IOException {
        return say("INVITE", callee, callee, "Contact: <" + contact() + ">\r\n");
    }

    /** As the caller, sends a request within the dialog that a 2xx has made. */
    void within(String method, String ok) throws IOException {
        List<String> routes = new ArrayList<>(ok.lines()
                .filter(line -> line.startsWith("Record-Route: "))
                .map(line -> "Route: " + line.substring("Record-Route: ".length()) + "\r\n")
                .toList());
        Collections.reverse(routes);
        int number = Integer.parseInt(value(ok, "CSeq").replaceAll("\\D", ""));
        send("%s %s SIP/2.0\r\n".formatted(method, value(ok, "Contact").replaceAll(".*<(.*)>.*", "$1"))
                + "Via: SIP/2.0/%s %s;branch=z9hG4bK%s;rport\r\n"
                        .formatted(transport.toUpperCase(Locale.ROOT), authority, UUID.randomUUID())
                + "Max-Forwards: 70\r\n" + String.join("", routes)
                + "From: " + value(ok, "From") + "\r\nTo: " + value(ok, "To") + "\r\n"
                + "Call-ID: " + value(ok, "Call-ID") + "\r\nCSeq: " + (number + (method.equals("ACK") ? 0 : 1)) + " "
                + method + "\r\nContent-Length: 0\r\n\r\n");
    }

    /** Answers a request. */
    void answer(String request, int status, String reason, String headers) throws IOException {
        String to = value(request, "To");
        send("SIP/2.0 " + status + " " + reason + "\r\n"
                + lines(request, "Via|Record-Route|From|Call-ID|CSeq")
                + "To: " + to + (to.contains(";tag=") ? "" : ";tag=" + instance.substring(0, 8)) + "\r\n"
                + "Contact: <" + contact() + ">\r\n" + headers + "Content-Length: 0\r\n\r\n");
    }

    /** The next message that came, provisional responses left out. */
    String next() throws InterruptedException {
        String message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message != null && message.startsWith("SIP/2.0 1")) {
            return next();
        }
        assertThat(message).as("a message to %s", user).isNotNull();
        return message;
    }

    private void send(String message) throws IOException {
        out.write(message.getBytes(UTF_8));
        out.flush();
    }

    private void read(InputStream in) {
        try {
            while (true) {
                received.add(message(in));
            }
        } catch (IOException closed) {
            received.add(CLOSED);
        }
    }

    private static String message(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
        }
        String text = head.toString(UTF_8);
        return text + new String(in.readNBytes(Integer.parseInt(value(text, "Content-Length"))), UTF_8);
    }

    /** The value of the first header field of that name. */
    static String value(String message, String name) {
        String line = lines(message, name).split("\r\n", 2)[0];
        assertThat(line).as("%s in %s", name, message).isNotEmpty();
        return line.substring(name.length() + 2).trim();
    }

    /** The header fields of these names, each with its line end. */
    static String lines(String message, String names) {
        return message.lines()
                .filter(line -> line.matches("(?:" + names + "): .*"))
                .map(line -> line + "\r\n")
                .collect(Collectors.joining());
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
