package org.pinhole.suite.demo;

import static org.pinhole.suite.demo.Script.expect;

import java.io.IOException;
import java.util.Set;
import org.pinhole.suite.proxy.ConnectProxy;
import org.pinhole.ue.call.Media;

/**
 * Two phones that reach TCP 443 only, or whatever port stands for it, and one of them only through a proxy that asks for a password: they see and hear
 * each other, and write to each other.
 */
final class TalkStory {
    private final MediaConfig config;
    private final Script script;

    TalkStory(MediaConfig config, Steps steps) {
        this.config = config;
        this.script = new Script(steps);
    }

    /** Tells it once. True only if every step passed. */
    boolean run() {
        StoryConfig sip = config.sip();
        int turnPort = config.turns().server().port();
        try (Way way = StoryRoute.throughOwnProxyThatAsks().open(sip, Set.of(turnPort));
                Way straight = StoryRoute.direct().open(sip);
                MediaPhone alice = new MediaPhone(config, way, sip.aliceUser(), sip.alicePassword());
                MediaPhone bob = new MediaPhone(config, straight, sip.bobUser(), sip.bobPassword())) {
            script.step("alice registers, through a proxy with a password", alice::granted);
            script.step("bob registers, straight", bob::granted);
            seeAndHear(alice, bob, way);
            write(alice, bob);
            script.step("alice de-registers at last", alice::unregister);
            script.step("bob de-registers at last", bob::unregister);
        } catch (IOException | RuntimeException e) {
            script.step("the call can be shown", () -> expect(false, String.valueOf(e.getMessage())));
        }
        return script.passed();
    }

    private void seeAndHear(MediaPhone alice, MediaPhone bob, Way way) {
        try (TalkScene scene = new TalkScene(alice, bob, new Media(true, true, false))) {
            int before = tunnels(way);
            script.step("alice calls bob: audio and video", scene::connect);
            script.step("they hear and see each other", scene::talk);
            script.step(
                    "one connection to the relay for all of it",
                    () -> expect(
                            tunnels(way) - before == 1, tunnels(way) - before + " CONNECT for audio, video and RTCP"));
            script.step("alice hangs up", scene::hangUp);
        }
    }

    private void write(MediaPhone alice, MediaPhone bob) {
        try (TalkScene scene = new TalkScene(alice, bob, new Media(true, false, true))) {
            script.step("alice calls bob: audio and messages", scene::connect);
            script.step("they write to each other by MSRP", scene::write);
            script.step("they hear each other", scene::talk);
            script.step("alice hangs up again", scene::hangUp);
        }
    }

    private static int tunnels(Way way) {
        ConnectProxy own = way.own();
        return own == null
                ? 0
                : (int) own.accessLog().stream()
                        .filter(entry -> entry.status() == 200)
                        .count();
    }
}
