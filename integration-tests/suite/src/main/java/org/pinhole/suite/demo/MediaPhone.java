package org.pinhole.suite.demo;

import static org.pinhole.suite.demo.Script.expect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.call.MediaCall;
import org.pinhole.ue.ice.GatherPlan;
import org.pinhole.ue.sip.Registered;
import org.pinhole.ue.sip.SipRequest;
import org.pinhole.ue.sip.UserAgent;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.TlsFacts;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.turn.Allocation;
import org.pinhole.ue.turn.TurnClient;
import org.pinhole.ue.turn.TurnCredentials;
import org.pinhole.ue.turn.TurnGrant;
import org.pinhole.ue.turn.TurnRefused;
import org.pinhole.ue.turn.TurnRoute;
import org.pinhole.ue.turn.TurnUri;

/** A phone that registers, is granted a TURN server and credentials, and opens relays with them. */
final class MediaPhone implements AutoCloseable {
    /** The application looks every three seconds whether the TURN server is there. */
    private static final int TRIES = 20;

    private static final long BETWEEN_TRIES_MILLIS = 500;

    private final MediaConfig config;
    private final Way way;
    private final Phone phone;
    private final TurnCredentials sipIdentity;
    private final List<TurnClient> opened = new ArrayList<>();
    private @Nullable TurnGrant grant;
    private @Nullable TurnClient relay;
    private @Nullable InetSocketAddress relayed;
    private final MediaEnd heard = new MediaEnd();
    private volatile @Nullable MediaCall media;

    MediaPhone(MediaConfig config, Way way, String user, String password) throws IOException {
        this.config = config;
        this.way = way;
        this.phone = new Phone(config.sip(), way, user, password, this::answer);
        this.sipIdentity = new TurnCredentials(user, password);
    }

    /** Registers, again where the server was not seen yet, and reads what the 200 grants. */
    String granted() throws IOException, StepFailed {
        String header = headerOfRegister(true);
        if (header == null) {
            throw new StepFailed("the 200 has no " + TurnGrant.HEADER);
        }
        TurnGrant read = TurnGrant.parse(header);
        grant = read;
        boolean named = read.uris().contains(config.turns());
        return expect(
                named && sipIdentity.user().equals(read.credentials().user().replaceFirst("^[0-9]+:", "")),
                TurnGrant.HEADER + ": " + read.credentials().user() + ", password hidden, expires "
                        + read.expiresSeconds() + ", " + read.uris());
    }

    /** Registers: 200, and after a while nothing in it that leads nowhere. */
    String grantedNothing() throws IOException, StepFailed {
        String header = headerOfRegister(false);
        return expect(header == null, "200 OK, " + TurnGrant.HEADER + (header == null ? " absent" : " still there"));
    }

    /** The header of the last 200, after as many REGISTERs as it takes until it is there, or is not. */
    private @Nullable String headerOfRegister(boolean wanted) throws IOException {
        String header = null;
        for (int tries = 0; tries < TRIES; tries++) {
            Registered registered = phone.agent().register();
            header = registered.exchange().response().headers().find(TurnGrant.HEADER);
            if ((header != null) == wanted) {
                return header;
            }
            pause();
        }
        return header;
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The relay that the rest of the story uses: over TLS, with what the registration granted. */
    String allocateAsGranted() throws IOException, StepFailed {
        TurnClient client = open(config.turns(), way, requireGrant().credentials());
        Allocation granted = client.allocate();
        relay = client;
        relayed = granted.relayed();
        return seen(client, granted);
    }

    /** One identity for both planes: the password that registers opens a relay, too. */
    String allocateWithSipPassword() throws IOException {
        TurnClient client = open(config.turns(), way, sipIdentity);
        return "user " + sipIdentity.user() + ", " + seen(client, client.allocate());
    }

    String wrongPasswordIsRefused() throws IOException, StepFailed {
        TurnClient client = open(config.turns(), way, new TurnCredentials(sipIdentity.user(), "not it"));
        try {
            throw new StepFailed("a relay for a wrong password: " + client.allocate());
        } catch (TurnRefused refused) {
            return expect(refused.code() == 401, "Allocate -> " + refused.code());
        }
    }

    /** Without TLS and without a proxy, for networks that let port 80 out and look into TLS. */
    String allocateOverTcp(TurnUri uri) throws IOException, StepFailed {
        TurnClient client = open(uri, null, requireGrant().credentials());
        return uri + ", " + seen(client, client.allocate());
    }

    private TurnClient open(TurnUri uri, @Nullable Way by, TurnCredentials credentials) throws IOException {
        TurnRoute route = TurnRoute.to(uri, Trust.ofPem(config.sip().caFile())).through(by == null ? null : by.proxy());
        TurnClient client = TurnClient.open(route, credentials);
        opened.add(client);
        return client;
    }

    private static String seen(TurnClient client, Allocation granted) {
        ConnectReply reply = client.connectReply();
        TlsFacts tls = client.tls();
        return (reply == null ? "" : "CONNECT -> " + reply.status() + ", ")
                + (tls == null ? "" : tls.protocol() + ", ")
                + (client.authenticated() == null ? "no challenge" : "401, " + client.authenticated()) + ", relay "
                + granted.relayed().getAddress().getHostAddress() + ":"
                + granted.relayed().getPort() + " for " + granted.lifetime().toSeconds() + " s";
    }

    TurnClient relay() throws StepFailed {
        return require(relay, "no relay was opened");
    }

    /** The relayed transport address. */
    InetSocketAddress relayed() throws StepFailed {
        return require(relayed, "no relay was opened");
    }

    private TurnGrant requireGrant() throws StepFailed {
        return require(grant, "no TURN credentials were granted");
    }

    private static <T> T require(@Nullable T value, String otherwise) throws StepFailed {
        if (value == null) {
            throw new StepFailed(otherwise);
        }
        return value;
    }

    /** Relays only, over TLS, by the way that the phone goes. */
    GatherPlan plan() throws IOException, StepFailed {
        TurnRoute route =
                TurnRoute.to(config.turns(), Trust.ofPem(config.sip().caFile())).through(way.proxy());
        return new GatherPlan(List.of(), List.of(route), requireGrant().credentials(), GatherPlan.WITHIN);
    }

    /** A call that comes is answered with the media that it offers, on a thread of its own. */
    private CompletableFuture<String> answer(SipRequest invite) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                MediaCall answering = MediaCall.answering(invite.bodyText(), plan(), heard);
                MediaCall last = media;
                if (last != null) {
                    last.close();
                }
                media = answering;
                return answering.description();
            } catch (IOException | StepFailed e) {
                throw new CompletionException(e);
            }
        });
    }

    /** What this phone is told of the calls that it answers. */
    MediaEnd heard() {
        return heard;
    }

    /** The media of the call that was answered last. */
    MediaCall media() throws StepFailed {
        return require(media, "no call was answered with media");
    }

    UserAgent agent() {
        return phone.agent();
    }

    String aor() {
        return phone.aor();
    }

    String unregister() throws IOException {
        return phone.agent().unregister().exchange().response().startLine();
    }

    @Override
    public void close() throws IOException {
        for (TurnClient client : opened) {
            client.close();
        }
        MediaCall last = media;
        if (last != null) {
            last.close();
        }
        phone.close();
    }
}
