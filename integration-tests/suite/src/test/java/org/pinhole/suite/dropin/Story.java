package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.pinhole.suite.demo.SignallingStory;

/** The whole signalling story at a site, every step of which has to pass. */
final class Story {
    private static final int STEPS = 24;

    private Story() {}

    static void passesAt(Site site, InetSocketAddress connector) throws IOException {
        List<String> told = new ArrayList<>();

        boolean passed = new SignallingStory(
                        site.story(connector),
                        (name, ok, seen) -> told.add((ok ? "ok " : "FAILED ") + name + ": " + seen))
                .run();

        assertThat(passed)
                .as("%s%n%s", String.join("\n", told), site.home().resolve("logs"))
                .isTrue();
        assertThat(told).hasSize(STEPS);
    }
}
