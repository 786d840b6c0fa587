package org.pinhole.suite.demo;

import static org.pinhole.suite.demo.Script.expect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.suite.proxy.ConnectProxy;
import org.pinhole.ue.tunnel.ConnectRefused;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.TlsFacts;
import org.pinhole.ue.tunnel.Tunnel;

/**
 * Signalling from end to end: two phones, as a rule behind a proxy that lets CONNECT go to one port only, register, ping,
 * call each other both ways, and take their leave. Every step is judged by what was on the wire.
 */
public final class SignallingStory {
    private final StoryConfig config;
    private final StoryRoute route;
    private final Script script;
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Through a proxy of its own. */
    public SignallingStory(StoryConfig config, Steps steps) {
        this(config, steps, StoryRoute.throughOwnProxy());
    }

    /** By the route that is given. */
    public SignallingStory(StoryConfig config, Steps steps, StoryRoute route) {
        this.config = config;
        this.route = route;
        this.script = new Script(steps);
    }

    /** Tells it once. True only if every step passed; whatever was opened is closed on return. */
    public boolean run() {
        try {
            tell();
        } catch (IOException | RuntimeException e) {
            script.step("the story can start", () -> expect(false, String.valueOf(e.getMessage())));
        } finally {
            closeAll();
        }
        return script.passed();
    }

    private void tell() throws IOException {
        Way way = route.open(config);
        opened.add(way);

        if (way.proxy() != null) {
            int other = config.sipTls().getPort() == 5061 ? 5060 : 5061;
            script.step("the proxy refuses CONNECT to another port", () -> forbidden(way, other));
        }
        Phone alice = connect("alice", way, config.aliceUser(), config.alicePassword());
        if (alice == null) {
            return;
        }
        RegistrationScene aliceRegistration = new RegistrationScene(config, alice, "alice");
        script.step("alice: 401, Digest, 200", aliceRegistration::register);
        script.step("alice: keep is answered", aliceRegistration::keep);
        script.step("alice: Flow-Timer only with outbound", aliceRegistration::flowTimer);
        script.step("alice: ping, pong", aliceRegistration::ping);

        Phone bob = script.passed() ? connect("bob", way, config.bobUser(), config.bobPassword()) : null;
        if (bob == null) {
            return;
        }
        RegistrationScene bobRegistration = new RegistrationScene(config, bob, "bob");
        script.step("bob: 401, Digest, 200", bobRegistration::register);
        script.step("bob: keep is answered", bobRegistration::keep);

        CallScene toAlice = new CallScene(bob, alice);
        script.step("bob calls alice: challenged, then accepted", toAlice::call);
        script.step("alice gets the INVITE on her flow", toAlice::inviteOnTheFlow);
        script.step("alice: 180, 200, ACK", toAlice::acknowledged);
        script.step("alice hangs up, bob answers 200", toAlice::calleeHangsUp);

        CallScene toBob = new CallScene(alice, bob);
        script.step("alice calls bob: challenged, then accepted", toBob::call);
        script.step("bob gets the INVITE on his flow", toBob::inviteOnTheFlow);
        script.step("bob: 180, 200, ACK", toBob::acknowledged);
        script.step("alice hangs up herself", toBob::callerHangsUp);

        script.step("alice de-registers", aliceRegistration::unregister);
        script.step("bob de-registers", bobRegistration::unregister);
        ConnectProxy own = way.own();
        if (own != null) {
            script.step("each phone had one CONNECT and one connection", () -> oneConnectEach(own));
        }
    }

    private String forbidden(Way way, int port) throws IOException, StepFailed {
        try (Tunnel unexpected = Tunnel.open(way.to(port))) {
            throw new StepFailed("a tunnel to port " + port + ": " + unexpected.localAddress());
        } catch (ConnectRefused refused) {
            return expect(
                    refused.status() == 403, "CONNECT " + config.serverName() + ":" + port + " -> " + refused.status());
        }
    }

    private @Nullable Phone connect(String who, Way way, String user, String password) {
        List<Phone> phones = new ArrayList<>();
        script.step(who + (way.proxy() == null ? ": straight to the edge" : ": CONNECT"), () -> {
            Phone phone = new Phone(config, way, user, password);
            opened.add(phone);
            phones.add(phone);
            if (way.proxy() == null) {
                return phone.agent().localAddress() + " -> " + way.toSip().server();
            }
            ConnectReply reply = phone.agent().connectReply();
            boolean tunnel = reply != null && reply.tunnel();
            String target = config.serverName() + ":" + config.sipTls().getPort();
            return expect(tunnel, "CONNECT " + target + " -> " + (reply == null ? "no reply" : reply.statusLine()));
        });
        if (phones.isEmpty()) {
            return null;
        }
        TlsFacts tls = phones.get(0).agent().tls();
        script.step(
                who + ": TLS with the edge",
                () -> expect(
                        tls.protocol().equals("TLSv1.3") || tls.protocol().equals("TLSv1.2"),
                        tls.protocol() + " " + tls.cipherSuite() + ", ALPN " + tls.applicationProtocol()));
        script.step(
                who + ": the certificate names the edge",
                () -> expect(tls.subjectAltNames().contains(config.serverName()), "SAN " + tls.subjectAltNames()));
        return phones.get(0);
    }

    private static String oneConnectEach(ConnectProxy proxy) throws StepFailed {
        long tunnels = proxy.accessLog().stream()
                .filter(entry -> entry.status() == 200)
                .count();
        return expect(tunnels == 2, "access log: " + proxy.accessLog());
    }

    private void closeAll() {
        for (int i = opened.size() - 1; i >= 0; i--) {
            try {
                opened.get(i).close();
            } catch (Exception e) {
                script.step("closing", () -> expect(false, String.valueOf(e.getMessage())));
            }
        }
        opened.clear();
    }
}
