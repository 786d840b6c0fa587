package org.pinhole.ue.sip;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.loop.ThreadLoop;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.TlsFacts;
import org.pinhole.ue.tunnel.Tunnel;

/**
 * A SIP UE on one flow: opens the tunnel, registers, pings, calls and is called. Its methods block and may be called from
 * any thread. Calls that come in are answered by themselves. A flow that failed stays failed: connect anew.
 */
public final class UserAgent implements AutoCloseable {
    /** A little more than a transaction can take, several challenges included. */
    private static final Duration PATIENCE = ClientTransactions.TIMEOUT.multipliedBy(2);

    private final UeSettings settings;
    private final Tunnel tunnel;
    private final ThreadLoop loop;
    private final TunnelLink link;
    private final MisbehavingLink way;
    private final LocalEnd local;
    private final ClientTransactions transactions;
    private final KeepAlive keepAlive;
    private final Registration registration;
    private final Calls calls;
    private final CompletableFuture<String> failure = new CompletableFuture<>();

    private UserAgent(UeSettings settings, Tunnel tunnel, WireListener wire) {
        SecureRandom random = new SecureRandom();
        Ids ids = new Ids(random);
        this.settings = settings;
        this.tunnel = tunnel;
        this.loop = new ThreadLoop("ue-" + settings.user(), InstantSource.system());
        this.link = new TunnelLink(tunnel, loop, wire, new FromFlow());
        this.local = new LocalEnd(settings, tunnel.localAddress(), ids);
        Set<Misbehaviour> wrong = settings.misbehaviours();
        this.way = new MisbehavingLink(link, loop, ids, wrong);
        this.transactions = new ClientTransactions(loop, way);
        this.keepAlive = new KeepAlive(loop, random, way::ping, link::fail, wrong);
        Requester requester = new Requester(transactions, ids, settings);
        this.registration = new Registration(loop, local, requester, keepAlive, ids, failure::complete);
        this.calls = new Calls(loop, way, local, requester, ids, wrong);
    }

    /** Opens the tunnel; nothing is sent yet. */
    public static UserAgent connect(UeSettings settings, WireListener wire) throws IOException {
        Tunnel tunnel = Tunnel.open(settings.route());
        try {
            UserAgent agent = new UserAgent(settings, tunnel, wire);
            boolean slowly = settings.misbehaviours().contains(Misbehaviour.SLOW_READING);
            agent.link.start("ue-" + settings.user() + "-reader", in -> slowly ? new Slowly(in) : in);
            return agent;
        } catch (IOException | RuntimeException e) {
            tunnel.close();
            throw e;
        }
    }

    /** What the proxy said to CONNECT, or null without a proxy. */
    @Nullable
    public ConnectReply connectReply() {
        return tunnel.connectReply();
    }

    public TlsFacts tls() {
        return tunnel.tls();
    }

    /** Our own end of the flow, which is what tells it from any other. */
    public HostPort localAddress() {
        return tunnel.localAddress();
    }

    /** The URI that REGISTER binds to the AOR. */
    public String contactUri() {
        return local.contactUri();
    }

    /** Registers, and from then on refreshes and pings by itself. */
    public Registered register() throws SipFailure {
        CompletableFuture<Registered> result = new CompletableFuture<>();
        loop.execute(() -> registration.register(settings.expires(), result));
        return Await.on(result, PATIENCE, "an answer to REGISTER");
    }

    /** Removes the binding. */
    public Registered unregister() throws SipFailure {
        CompletableFuture<Registered> result = new CompletableFuture<>();
        loop.execute(() -> registration.unregister(result));
        return Await.on(result, PATIENCE, "an answer to REGISTER");
    }

    /** Sends double CRLF now, negotiated or not, and returns how long the pong took (RFC 5626 §4.4.1). */
    public Duration pingNow() throws SipFailure {
        CompletableFuture<Duration> result = new CompletableFuture<>();
        loop.execute(() -> keepAlive.pingNow(result));
        return Await.on(result, KeepAlive.PONG_WITHIN.plusSeconds(5), "a pong");
    }

    /** Sends INVITE and returns; the call tells how it goes on. */
    public OutgoingCall call(String target) throws SipFailure {
        return call(target, null);
    }

    /** The same with this session description, or one without media for null. */
    public OutgoingCall call(String target, @Nullable String offer) throws SipFailure {
        CompletableFuture<OutgoingCall> begun = new CompletableFuture<>();
        loop.execute(() -> begun.complete(calls.begin(target, registration.serviceRoute(), offer)));
        return Await.on(begun, PATIENCE, "the loop");
    }

    /** The next call that came in and was answered. */
    public IncomingCall awaitCall(Duration limit) throws SipFailure {
        try {
            CompletableFuture<IncomingCall> call = calls.arrived().poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (call == null) {
                throw new SipFailure("no call came within " + limit.toSeconds() + " s");
            }
            if (call.isCompletedExceptionally()) {
                calls.arrived().add(call);
            }
            return Await.on(call, limit, "a call");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SipFailure("interrupted while waiting for a call", e);
        }
    }

    /** Hands each call that comes to this listener, on the UE's loop, instead of {@link #awaitCall}. */
    public void onCall(Consumer<IncomingCall> listener) {
        loop.execute(() -> calls.tell(listener));
    }

    /** Waits for the flow, or a refresh of the registration, to fail; the reason, or null when neither did. */
    @Nullable
    public String awaitFailure(Duration limit) {
        try {
            return Await.on(failure, limit, "failure");
        } catch (SipFailure e) {
            return null;
        }
    }

    /** The same for a caller that does not wait: completes, on the UE's loop, with the reason. */
    public void onFailure(Consumer<String> listener) {
        CompletableFuture<Void> unused = failure.thenAccept(listener);
    }

    /** Ends the flow without a word to the registrar; {@link #unregister} first to be polite. */
    @Override
    public void close() {
        link.close();
        loop.execute(() -> link.fail("closed by ourselves"));
        loop.execute(loop::close);
    }

    private final class FromFlow implements LinkListener {
        @Override
        public void message(SipMessage message) {
            try {
                if (message instanceof SipRequest request) {
                    calls.request(request);
                } else if (message instanceof SipResponse response) {
                    way.received(response);
                    if (!transactions.take(response)) {
                        calls.strayResponse(response);
                    }
                }
            } catch (SipFormatException e) {
                // A message without the headers that a reply needs: RFC 3261 §8.2.6 leaves nothing to send.
            }
        }

        @Override
        public void pong() {
            keepAlive.pong();
        }

        @Override
        public void failed(String reason) {
            registration.stop();
            keepAlive.stop(reason);
            transactions.failAll(reason);
            calls.flowFailed(reason);
            failure.complete(reason);
        }
    }
}
