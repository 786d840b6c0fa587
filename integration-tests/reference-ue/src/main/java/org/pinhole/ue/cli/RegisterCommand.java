package org.pinhole.ue.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Registers, stays for a while with keep-alives, and removes the binding. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        description = "Registers, pings once, stays registered for a while, de-registers.")
@SuppressWarnings("NullAway.Init") // picocli sets these before it calls
final class RegisterCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private StayOptions stay;

    @Mixin
    private ReportOptions report;

    @Override
    public Integer call() throws IOException {
        try (Session session = Session.open(connection, stay, report, spec)) {
            session.stay(stay.stay(5));
            return 0;
        }
    }
}
