package org.pinhole.suite.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.ue.doubles.EdgeDouble;
import org.pinhole.ue.doubles.TestCertificates;

/** The story itself, against a double of the edge; against the container it is told by the demo. */
class SignallingStoryTest {
    private static final TestCertificates CERTIFICATES = TestCertificates.make("The double's CA", "edge.pinhole.test");

    @TempDir
    private static Path folder;

    private final List<String> told = new ArrayList<>();

    private boolean tell(EdgeDouble edge, String bobPassword, int keepSeconds) {
        StoryConfig config = new StoryConfig(
                edge.address(),
                "edge.pinhole.test",
                CERTIFICATES.writeCa(folder.resolve("ca.pem")),
                "pinhole.test",
                "alice",
                "wonder",
                "bob",
                bobPassword,
                keepSeconds);
        Steps steps = (name, passed, seen) -> told.add((passed ? "ok " : "FAILED ") + name + ": " + seen);
        return new SignallingStory(config, steps).run();
    }

    private static EdgeDouble edge() throws IOException {
        return new EdgeDouble(CERTIFICATES, Map.of("alice", "wonder", "bob", "builder"));
    }

    @Test
    void everyStepPassesAgainstAnEdgeThatDoesItsPart() throws IOException {
        try (EdgeDouble edge = edge()) {
            boolean passed = tell(edge, "builder", 45);

            assertThat(told).hasSize(24).allMatch(line -> line.startsWith("ok "));
            assertThat(passed).isTrue();
        }
    }

    @Test
    void flowTimerIsRightWhenOutboundIsConfirmed() throws IOException {
        try (EdgeDouble edge = edge()) {
            edge.confirmOutbound();

            assertThat(tell(edge, "builder", 45)).isTrue();
            assertThat(told).anyMatch(line -> line.contains("Require: outbound present, Flow-Timer 45"));
        }
    }

    @Test
    void aWrongKeepValueEndsTheStory() throws IOException {
        try (EdgeDouble edge = edge()) {
            assertThat(tell(edge, "builder", 30)).isFalse();
            assertThat(told).last().asString().startsWith("FAILED alice: keep is answered: topmost Via: SIP/2.0/TLS");
        }
    }

    @Test
    void aWrongPasswordEndsTheStoryInOneLine() throws IOException {
        try (EdgeDouble edge = edge()) {
            assertThat(tell(edge, "wrong", 45)).isFalse();
            assertThat(told).last().asString().startsWith("FAILED bob: 401, Digest, 200: REGISTER: the credentials");
        }
    }

    @Test
    void anEdgeThatIsNotThereIsSaidInOneLine() throws IOException {
        EdgeDouble edge = edge();
        edge.close();

        assertThat(tell(edge, "builder", 45)).isFalse();
        assertThat(told).last().asString().contains("FAILED alice: CONNECT", "503 Service Unavailable");
    }
}
