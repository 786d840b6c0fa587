package org.pinhole.suite.demo;

import static org.pinhole.suite.demo.Script.expect;

import java.io.IOException;
import java.util.Set;

/** The TURN server dies: phones register all the same and are told of nothing that leads nowhere. It comes back and serves. */
final class OutageStory {
    /** Ends and begins again what serves media. */
    interface Sidecar {
        /** Kills the process; says which. */
        String kill() throws IOException;

        /** Starts another; says which. */
        String start() throws IOException;
    }

    private final MediaConfig config;
    private final Script script;
    private final Sidecar sidecar;

    OutageStory(MediaConfig config, Steps steps, Sidecar sidecar) {
        this.config = config;
        this.script = new Script(steps);
        this.sidecar = sidecar;
    }

    /** Tells it once. True only if every step passed. */
    boolean run() {
        StoryConfig sip = config.sip();
        try (Way way = StoryRoute.throughOwnProxy()
                        .open(sip, Set.of(config.turns().server().port()));
                MediaPhone alice = new MediaPhone(config, way, sip.aliceUser(), sip.alicePassword())) {
            script.step("kill -9 of the TURN server", sidecar::kill);
            script.step("alice registers all the same", alice::grantedNothing);
            script.step("bin/pinhole turn again", sidecar::start);
            script.step("alice: the 200 grants TURN again", alice::granted);
            script.step("alice: Allocate with new credentials", alice::allocateAsGranted);
            script.step("alice de-registers again", alice::unregister);
        } catch (IOException | RuntimeException e) {
            script.step("the outage can be shown", () -> expect(false, String.valueOf(e.getMessage())));
        }
        return script.passed();
    }
}
