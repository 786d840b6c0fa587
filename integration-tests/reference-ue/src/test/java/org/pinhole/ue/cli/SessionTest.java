package org.pinhole.ue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.ue.doubles.EdgeDouble;
import org.pinhole.ue.doubles.TestCertificates;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

class SessionTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder = Path.of("");

    /** What is printed; a flow that has told its ping stands. */
    private static final class Printed extends StringWriter {
        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch second = new CountDownLatch(1);

        @Override
        public void flush() {
            String text = toString();
            if (text.contains("flow 1 ping: ")) {
                first.countDown();
            }
            if (text.contains("flow 2 ping: ")) {
                second.countDown();
            }
        }

        boolean bothStand() throws InterruptedException {
            return first.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    && second.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Registers, and leaves as soon as both flows stand. */
    @Command(name = "register-twice")
    @SuppressWarnings("NullAway.Init") // picocli sets these before it calls
    private static final class RegisterTwice implements Callable<Integer> {
        private final Printed printed;

        @Spec
        private CommandSpec spec;

        @Mixin
        private ConnectionOptions connection;

        @Mixin
        private StayOptions stay;

        @Mixin
        private ReportOptions report;

        RegisterTwice(Printed printed) {
            this.printed = printed;
        }

        @Override
        public Integer call() throws Exception {
            try (Session session = Session.open(connection, stay, report, spec)) {
                assertThat(printed.bothStand())
                        .as("both of %s", session.agent())
                        .isTrue();
                return 0;
            }
        }
    }

    @Test
    @Tag("U-5")
    void anEdgeThatIsDeafToLeavingKeepsNoOtherBinding() throws Exception {
        TestCertificates certificates = TestCertificates.make("The double's CA", "edge.pinhole.test");
        Path ca = certificates.writeCa(folder.resolve("ca.pem"));
        Path password = Files.writeString(folder.resolve("password"), "wonder\n");
        Printed out = new Printed();
        try (EdgeDouble deaf = new EdgeDouble(certificates, Map.of("alice", "wonder"));
                EdgeDouble edge = new EdgeDouble(certificates, Map.of("alice", "wonder"))) {
            deaf.deafToLeaving();

            int code = new CommandLine(new RegisterTwice(out))
                    .setOut(new PrintWriter(out, true))
                    .execute(
                            "--server",
                            "127.0.0.1:" + deaf.address().getPort(),
                            "--server",
                            "127.0.0.1:" + edge.address().getPort(),
                            "--server-name",
                            "edge.pinhole.test",
                            "--user",
                            "alice",
                            "--domain",
                            "pinhole.test",
                            "--password-file",
                            password.toString(),
                            "--ca-file",
                            ca.toString(),
                            "--instance-file",
                            folder.resolve("instance-id").toString());

            assertThat(code).as(out.toString()).isZero();
            assertThat(out.toString())
                    .contains("flow 1 REGISTER: ", "flow 2 REGISTER: ", "de-REGISTER: SIP/2.0 200 OK");
            assertThat(deaf.bound("sip:alice@pinhole.test")).isTrue();
            assertThat(edge.bound("sip:alice@pinhole.test")).isFalse();
        }
    }
}
