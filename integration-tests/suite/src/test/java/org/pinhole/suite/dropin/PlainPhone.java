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
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.Tunnel;
import org.pinhole.ue.tunnel.TunnelRoute;

/** A phone on one flow that says exactly what a test wants it to say, and nothing by itself but its answers to challenges. */
final class PlainPhone implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;
    private static final String PONG = "\r\n";

    private final String user;
    private final PhoneCredentials credentials;
    private final OutputStream out;
    private final Closeable connection;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final String callId = UUID.randomUUID().toString();
    private final int port;
    private String authority;
    private String contactParameters = "";
    private int cseq;

    private PlainPhone(
            String user, String password, String authority, InputStream in, OutputStream out, Closeable connection) {
        this.user = user;
        this.credentials = new PhoneCredentials(user, password);
        this.out = out;
        this.connection = connection;
        this.authority = authority;
        this.port = Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
        Thread reader = new Thread(() -> read(in), "plain-phone-" + user);
        reader.setDaemon(true);
        reader.start();
    }

    static PlainPhone connect(InetSocketAddress connector, Path caFile, String user, String password)
            throws IOException {
        TunnelRoute route = TunnelRoute.to(new HostPort("127.0.0.1", connector.getPort()), Trust.ofPem(caFile));
        Tunnel tunnel = Tunnel.open(route);
        return new PlainPhone(
                user, password, tunnel.localAddress().authority(), tunnel.input(), tunnel.output(), tunnel::close);
    }

    /** Over a connection that comes from somewhere else, and trusts whomever it meets there. */
    static PlainPhone over(SSLSocket connected, String user, String password) throws IOException {
        String authority = connected.getLocalAddress().getHostAddress() + ":" + connected.getLocalPort();
        return new PlainPhone(
                user, password, authority, connected.getInputStream(), connected.getOutputStream(), connected);
    }

    /** The port that its connection comes from. */
    int port() {
        return port;
    }

    /** From now on it says in Contact and Via that it is there. */
    PlainPhone claiming(Decoy elsewhere) {
        authority = elsewhere.authority();
        return this;
    }

    /** From now on it asks in its Contact that its dialogs stay on this flow (RFC 5626 §4.3). */
    PlainPhone keepingItsFlow() {
        contactParameters = ";ob";
        return this;
    }

    /** The URI of its Contact. */
    String contact() {
        return "sip:" + user + "@" + authority + ";transport=tls" + contactParameters;
    }

    /** Registers this flow of a phone; the 200. */
    String register(String instance, int regId) throws Exception {
        request(
                "REGISTER",
                "sip:" + Site.DOMAIN,
                user,
                callId,
                "Contact: <%s>;reg-id=%d;+sip.instance=\"<urn:uuid:%s>\"\r\nSupported: path, outbound\r\n"
                        .formatted(contact(), regId, instance));
        String response = nextFinal();
        assertThat(response).startsWith("SIP/2.0 200");
        return response;
    }

    /** Registers it as phones do that know nothing of outbound and Path. */
    void registerPlainly() throws Exception {
        request("REGISTER", "sip:" + Site.DOMAIN, user, callId, "Contact: <%s>\r\n".formatted(contact()));
        assertThat(nextFinal()).startsWith("SIP/2.0 200");
    }

    /** Takes its registration away. */
    void leave() throws Exception {
        request("REGISTER", "sip:" + Site.DOMAIN, user, callId, "Contact: <%s>;expires=0\r\n".formatted(contact()));
        assertThat(nextFinal()).startsWith("SIP/2.0 200");
    }

    /** Registers with other header fields, each with its line end, after the topmost Via. */
    String registerWith(String headers) throws Exception {
        request("REGISTER", "sip:" + Site.DOMAIN, user, callId, headers);
        return nextFinal();
    }

    /** Sends a request to a user, and once more with the answer to its challenge; that one. */
    String begin(String method, String to) throws Exception {
        return begin(method, to, "");
    }

    /** The same with further header fields, each with its line end. */
    String begin(String method, String to, String more) throws Exception {
        String contact = "Contact: <" + contact() + ">\r\n" + more;
        return request(
                method, "sip:" + to + "@" + Site.DOMAIN, to, UUID.randomUUID().toString(), contact);
    }

    private String request(String method, String uri, String to, String dialog, String more) throws Exception {
        String first = text(method, uri, to, dialog, more);
        send(first);
        String challenge = nextFinal();
        assertThat(challenge).startsWith("SIP/2.0 40");
        if (method.equals("INVITE")) {
            acknowledge(first, challenge);
        }
        String second = text(method, uri, to, dialog, more + credentials.answer(challenge, method, uri, new byte[0]));
        send(second);
        return second;
    }

    /** Takes note of a refusal of its INVITE. */
    void acknowledge(String invite, String refusal) throws IOException {
        send(DialogText.ofTransaction("ACK", invite, DialogText.line(refusal, "To")));
    }

    /** Takes back its INVITE. */
    void cancel(String invite) throws IOException {
        send(DialogText.ofTransaction("CANCEL", invite, DialogText.line(invite, "To")));
    }

    /** Says something within the dialog of its own INVITE that this 200 has accepted. */
    void asCaller(String method, int inDialog, String ok) throws IOException {
        send(DialogText.byCaller(method, inDialog, ok, authority));
    }

    /** Says something within the dialog of an INVITE that it has accepted. */
    void asCallee(String method, int inDialog, String invite) throws IOException {
        asCallee(method, inDialog, invite, "");
    }

    /** The same with further header fields, each with its line end. */
    void asCallee(String method, int inDialog, String invite, String more) throws IOException {
        send(DialogText.byCallee(method, inDialog, invite, ownTag(), authority).replaceFirst("\r\n", "\r\n" + more));
    }

    /** Says this. */
    void say(String message) throws IOException {
        send(message);
    }

    private String ownTag() {
        return callId.substring(0, 8);
    }

    private String text(String method, String uri, String to, String dialog, String more) {
        cseq++;
        return "%s %s SIP/2.0\r\n".formatted(method, uri)
                + "Via: SIP/2.0/TLS %s;branch=z9hG4bK%s;rport\r\n".formatted(authority, UUID.randomUUID())
                + "Max-Forwards: 70\r\nFrom: <sip:%s@%s>;tag=%s\r\n"
                        .formatted(user, Site.DOMAIN, dialog.substring(0, 8))
                + "To: <sip:%s@%s>\r\nCall-ID: %s\r\nCSeq: %d %s\r\n".formatted(to, Site.DOMAIN, dialog, cseq, method)
                + more
                + "Content-Length: 0\r\n\r\n";
    }

    /** Answers a request. */
    void answer(String request, int status, String reason) throws IOException {
        answer(request, status, reason, status < 300 ? "Contact: <" + contact() + ">\r\n" : "");
    }

    /** The same with other header fields, each with its line end. */
    void answer(String request, int status, String reason, String more) throws IOException {
        String to = DialogText.line(request, "To");
        send("SIP/2.0 " + status + " " + reason + "\r\n"
                + lines(request, "Via|Record-Route|From|Call-ID|CSeq")
                + "To: " + to + (to.contains(";tag=") ? "" : ";tag=" + ownTag()) + "\r\n"
                + more
                + "Content-Length: 0\r\n\r\n");
    }

    /** The next message that came, a 100 left out. */
    String next() throws InterruptedException {
        String message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message != null && message.startsWith("SIP/2.0 100")) {
            return next();
        }
        assertThat(message).as("a message to %s at %s", user, authority).isNotNull();
        return message;
    }

    /** The next final response. */
    String nextFinal() throws InterruptedException {
        String message = next();
        while (message.startsWith("SIP/2.0 1")) {
            message = next();
        }
        return message;
    }

    /** All that came before the answer to a ping that is sent now. */
    String beforeAPong() throws Exception {
        send("\r\n\r\n");
        StringBuilder came = new StringBuilder();
        for (String next = next(); !next.equals(PONG); next = next()) {
            came.append(next);
        }
        return came.toString();
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
            received.add("closed");
        }
    }

    /** A pong, or one message with its body. */
    private static String message(InputStream in) throws IOException {
        String head = head(in);
        String length = lines(head, "Content-Length").replaceAll("\\D", "");
        return length.isEmpty() ? head : head + new String(in.readNBytes(Integer.parseInt(length)), UTF_8);
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n") && !text.equals(PONG)) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            bytes.write(next);
            text = bytes.toString(UTF_8);
        }
        return text;
    }

    private static String lines(String message, String names) {
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
