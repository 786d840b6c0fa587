package org.pinhole.ue.doubles;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.sip.NameAddr;
import org.pinhole.ue.sip.SipHeaders;
import org.pinhole.ue.sip.SipMessage;
import org.pinhole.ue.sip.SipRequest;
import org.pinhole.ue.sip.SipResponse;

/**
 * A test double, not a product: an edge, registrar and record-routing proxy in one, on loopback, over TLS. It stands in
 * where a UE is tested without a container, and keeps Contacts as they come.
 */
public final class EdgeDouble implements AutoCloseable {
    /** Odd on purpose: what comes back as Route has to be this, octet for octet. */
    public static final String RECORD_ROUTE =
            "<sip:edge.double:443;transport=tls;lr;app_id=8f%3b.~!;appsession=1_0%2C2>;x=\"a,b;c\"";

    static final String DOMAIN = "pinhole.test";

    private final SSLServerSocket server;
    private final ExecutorService threads = Executors.newFixedThreadPool(12);
    private final DoubleDigest digest;
    private final Map<String, Binding> bindings = new LinkedHashMap<>();
    private final Map<String, EdgeDoubleConnection> callers = new LinkedHashMap<>();
    private final List<EdgeDoubleConnection> connections = new ArrayList<>();
    private volatile boolean outbound;
    private volatile boolean deaf;
    private volatile @Nullable UnaryOperator<String> turnGrant;
    private int branches;

    private record Binding(String contact, EdgeDoubleConnection connection) {}

    /** Listens on a free port, and knows these users by their passwords. */
    public EdgeDouble(TestCertificates certificates, Map<String, String> users) throws IOException {
        this.digest = new DoubleDigest(DOMAIN, users);
        this.server = (SSLServerSocket) certificates
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        SSLParameters parameters = server.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"sip/2"});
        server.setSSLParameters(parameters);
        threads.execute(this::accept);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** From now on a 200 to REGISTER says Require: outbound and Flow-Timer. */
    public void confirmOutbound() {
        outbound = true;
    }

    /** From now on nobody gets an answer who wants to leave. */
    public void deafToLeaving() {
        deaf = true;
    }

    /** Whether this AOR is bound here. */
    public synchronized boolean bound(String aor) {
        return bindings.containsKey(aor);
    }

    /** From now on a 200 to REGISTER has P-Pinhole-Turn with what this makes of the user's AOR. */
    public void grantTurn(UnaryOperator<String> header) {
        turnGrant = header;
    }

    private void accept() {
        try {
            while (true) {
                EdgeDoubleConnection connection = new EdgeDoubleConnection((SSLSocket) server.accept(), this);
                synchronized (this) {
                    connections.add(connection);
                }
                threads.execute(connection);
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    synchronized void received(EdgeDoubleConnection from, SipMessage message) throws IOException {
        if (message instanceof SipResponse response) {
            relayBack(response);
        } else if (message instanceof SipRequest request && request.method().equals("REGISTER")) {
            if (!deaf || !"0".equals(request.headers().find("Expires"))) {
                from.send(register(from, request));
            }
        } else if (message instanceof SipRequest request) {
            route(from, request);
        }
    }

    private SipResponse register(EdgeDoubleConnection from, SipRequest request) {
        if (!digest.proven(request, "Authorization")) {
            return digest.challenge(request, 401);
        }
        String contact = request.headers().require("Contact");
        boolean goes = "0".equals(request.headers().find("Expires"));
        String via = request.headers().require("Via");
        if (goes) {
            bindings.remove(request.to().uri());
            return answer(request, 200, "OK");
        }
        bindings.put(request.to().uri(), new Binding(NameAddr.parse(contact).uri(), from));
        SipResponse ok = answer(request, 200, "OK");
        SipHeaders headers = ok.headers()
                .with("Via", via.replaceFirst(";keep(?=;|$)", ";keep=45"))
                .plus("Contact", contact + ";expires=" + request.headers().require("Expires"))
                .plus("Authentication-Info", digest.info(request));
        UnaryOperator<String> grant = turnGrant;
        if (grant != null) {
            headers = headers.plus("P-Pinhole-Turn", grant.apply(request.to().uri()));
        }
        return ok.with(outbound ? headers.plus("Require", "outbound").plus("Flow-Timer", "45") : headers);
    }

    private void route(EdgeDoubleConnection from, SipRequest request) throws IOException {
        boolean initial =
                request.headers().find("Route") == null && !request.method().equals("ACK");
        if (initial && request.method().equals("INVITE") && !digest.proven(request, "Proxy-Authorization")) {
            from.send(digest.challenge(request, 407));
            return;
        }
        SipRequest unrouted = request.with(request.headers().without("Route"));
        String route = request.headers().find("Route");
        Binding target = initial ? bindings.get(request.uri()) : byContact(request.uri());
        boolean ours = route == null || route.equals(RECORD_ROUTE);
        if (target == null || !ours) {
            if (!request.method().equals("ACK")) {
                from.send(answer(request, ours ? 404 : 400, ours ? "Not Found" : "Not the Route I gave"));
            }
            return;
        }
        if (request.method().equals("INVITE")) {
            from.send(answer(request, 100, "Trying"));
        }
        String branch = "z9hG4bKdouble" + branches++;
        callers.put(branch, from);
        SipHeaders headers = unrouted.headers().onTop("Via", "SIP/2.0/TLS edge.double;branch=" + branch);
        boolean dialog = request.method().equals("INVITE");
        target.connection()
                .send(new SipRequest(
                        request.method(),
                        target.contact(),
                        dialog ? headers.onTop("Record-Route", RECORD_ROUTE) : headers,
                        request.body()));
    }

    private @Nullable Binding byContact(String uri) {
        return bindings.values().stream()
                .filter(binding -> binding.contact().equals(uri))
                .findFirst()
                .orElse(null);
    }

    private void relayBack(SipResponse response) throws IOException {
        List<String> vias = response.headers().all("Via");
        EdgeDoubleConnection caller =
                callers.get(String.valueOf(response.topVia().branch()));
        if (caller != null) {
            SipHeaders headers = response.headers().without("Via");
            for (int i = vias.size() - 1; i > 0; i--) {
                headers = headers.onTop("Via", vias.get(i));
            }
            caller.send(response.with(headers));
        }
    }

    static SipResponse answer(SipRequest request, int status, String reason) {
        SipHeaders headers = SipHeaders.NONE
                .plusAll("Via", request.headers().all("Via"))
                .plus("From", request.headers().require("From"))
                .plus("To", request.headers().require("To"))
                .plus("Call-ID", request.callId())
                .plus("CSeq", request.headers().require("CSeq"));
        return new SipResponse(status, reason, headers, new byte[0]);
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (this) {
            for (EdgeDoubleConnection connection : connections) {
                connection.close();
            }
        }
        threads.shutdownNow();
    }
}
