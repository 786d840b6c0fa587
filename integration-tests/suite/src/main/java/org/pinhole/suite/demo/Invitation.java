package org.pinhole.suite.demo;

import java.nio.file.Path;

/** What is printed while the demo stays up: where everything is and what to try by hand. */
final class Invitation {
    private Invitation() {}

    static String text(DemoStage stage, Path env, Path work) {
        TurnPlan plan = stage.turn().plan();
        Path pinhole = stage.pinholeHome().resolve("bin/pinhole");
        String options =
                "--server 127.0.0.1:%d --server-name %s --user alice \\%n      --domain %s --password-file '%s' --ca-file '%s'"
                        .formatted(
                                stage.port().number(),
                                DemoStage.SERVER_NAME,
                                DemoUsers.DOMAIN,
                                DemoUsers.passwordFile(work, DemoUsers.ALICE),
                                stage.caFile());
        return """

                Up until Ctrl-C.
                  SIP over TLS    127.0.0.1:%d, server name %s, realm and domain %s
                  TURN            %s and %s, UDP on %d; process %d, its log %s
                  CA certificate  %s
                  users           alice and bob; their passwords are in %s
                  container       %s, process %d
                  its log         %s; Pinhole's lines are in sip.log beside it

                Try, in another terminal:
                  '%s' ue register %s --trace
                  '%s' ue relay %s
                """.formatted(
                        stage.port().number(),
                        DemoStage.SERVER_NAME,
                        DemoUsers.DOMAIN,
                        plan.tlsUri(),
                        plan.tcpUri(),
                        plan.udp().number(),
                        stage.turn().pid(),
                        stage.turn().log(),
                        stage.caFile(),
                        env,
                        stage.container().home(),
                        stage.container().pid(),
                        stage.container().log(),
                        pinhole,
                        options,
                        pinhole,
                        options);
    }
}
