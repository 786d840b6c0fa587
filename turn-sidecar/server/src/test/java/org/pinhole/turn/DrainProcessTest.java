package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMethod;
import org.pinhole.turn.allocation.TransportProtocol;
import picocli.CommandLine;

/** A process that is drained by {@code pinhole turn drain}: who asked is told, and it ends by itself. */
@Tag("T-20")
class DrainProcessTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    @TempDir
    Path folder;

    @Test
    void theProcessEndsWithItsLastAllocationAndNotBefore() throws Exception {
        try (LiveProcess process = LiveProcess.start(folder, List.of(), List.of("--tcp-listen=127.0.0.1:0"));
                TestClient client = TestClient.tcp(process.address(TransportProtocol.TCP))) {
            client.ask(LiveServer.USER, LiveServer.PASSWORD, StunMethod.ALLOCATE, UDP);

            assertThat(drain(process)).startsWith("0 draining");
            process.awaitMetric("pinhole_turn_draining", 1);
            assertThat(client.ask(LiveServer.USER, LiveServer.PASSWORD, StunMethod.REFRESH, new Lifetime(600))
                            .type()
                            .kind())
                    .isEqualTo(StunClass.SUCCESS);
            client.ask(LiveServer.USER, LiveServer.PASSWORD, StunMethod.REFRESH, new Lifetime(0));

            assertThat(process.end()).isZero();
            assertThat(process.log())
                    .contains("drain: no new allocations", "drain: over")
                    .containsPattern(
                            "allocation=1 event=opened user=\"alice\" transport=tcp client=127\\.0\\.0\\.1:[0-9]+"
                                    + " relay=127\\.0\\.0\\.1:[0-9]+ lifetime=600\\R")
                    .containsPattern("allocation=1 event=closed user=\"alice\" transport=tcp .* reason=released ");
        }
    }

    @Test
    void whoeverDrainsAnEmptyServerIsToldSoBeforeItEnds() throws Exception {
        try (LiveProcess process = LiveProcess.start(folder, List.of(), List.of("--tcp-listen=127.0.0.1:0"))) {
            assertThat(drain(process)).startsWith("0 draining");

            assertThat(process.end()).isZero();
        }
    }

    private String drain(LiveProcess process) {
        StringWriter out = new StringWriter();
        CommandLine command = ControlMain.commandLine("drain");
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(out, true));
        List<String> arguments = List.of(
                "--admin-listen=127.0.0.1:" + process.admin().getPort(),
                "--admin-token-file=" + folder.resolve("token"));
        return TurnMain.execute(arguments, command) + " " + out;
    }
}
