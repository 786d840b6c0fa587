package org.pinhole.suite.demo;

import static org.pinhole.suite.demo.Script.expect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pinhole.suite.proxy.AccessLogEntry;
import org.pinhole.suite.proxy.ConnectProxy;
import org.pinhole.ue.turn.TurnUri;

/**
 * Media from end to end: two phones register, are told of a TURN server in the 200, open relays there with one SIP
 * identity, and send packets from relay to relay. Every packet is checked, every refusal is asked for.
 */
public final class MediaStory {
    private final MediaConfig config;
    private final StoryRoute route;
    private final Script script;
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Through a proxy of its own, which lets CONNECT go to the edge and to the TURN server over TLS only. */
    public MediaStory(MediaConfig config, Steps steps) {
        this(config, steps, StoryRoute.throughOwnProxy());
    }

    /** By the route that is given. */
    public MediaStory(MediaConfig config, Steps steps, StoryRoute route) {
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
        StoryConfig sip = config.sip();
        Way way = route.open(sip, Set.of(config.turns().server().port()));
        opened.add(way);
        MediaPhone alice = phone(way, sip.aliceUser(), sip.alicePassword());
        MediaPhone bob = phone(way, sip.bobUser(), sip.bobPassword());

        script.step("alice: the 200 grants TURN", alice::granted);
        script.step("bob: the 200 grants TURN", bob::granted);
        script.step("alice: Allocate as granted", alice::allocateAsGranted);
        script.step("bob: Allocate as granted", bob::allocateAsGranted);
        script.step("alice: Allocate with her SIP password", alice::allocateWithSipPassword);
        script.step("alice: a wrong password opens nothing", alice::wrongPasswordIsRefused);

        RelayScene relays = new RelayScene(alice, bob);
        script.step("alice and bob: permissions", relays::permissions);
        script.step("alice and bob: channels", relays::channels);
        script.step("alice's relay to bob's and back", relays::packets);
        script.step("another peer is forbidden", () -> relays.forbidden(config.forbiddenPeer()));

        TurnUri turn = config.turn();
        if (turn != null) {
            script.step("alice: Allocate over plain TCP", () -> alice.allocateOverTcp(turn));
        }
        script.step("alice de-registers", alice::unregister);
        script.step("bob de-registers", bob::unregister);
        ConnectProxy own = way.own();
        if (own != null) {
            script.step("a CONNECT of its own for each connection", () -> connects(own));
        }
    }

    private MediaPhone phone(Way way, String user, String password) throws IOException {
        MediaPhone phone = new MediaPhone(config, way, user, password);
        opened.add(phone);
        return phone;
    }

    /** U-9: two phones' signalling, and four relays over TLS. */
    private static String connects(ConnectProxy proxy) throws StepFailed {
        List<AccessLogEntry> log = proxy.accessLog();
        long tunnels = log.stream().filter(entry -> entry.status() == 200).count();
        return expect(tunnels == 6 && log.size() == 6, tunnels + " tunnels: 2 for SIP, 4 for TURN");
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
