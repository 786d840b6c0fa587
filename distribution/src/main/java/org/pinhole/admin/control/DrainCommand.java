package org.pinhole.admin.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pinhole.admin.file.AdminException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pinhole drain}. */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        description = {
            "Empties the connectors of a running container before a restart, so that its phones do not all come back at once.",
            "The ports close; new requests are answered 503 with a Retry-After after the window, another one for each phone;"
                    + " flows are closed evenly over the window. Calls that are going on keep their signalling until then.",
            "Stop the container when no flow is left, or cancel: then the connectors open again."
        })
public final class DrainCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 1000;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "CATALINA_HOME",
            description = "The container's folder (CATALINA_BASE, if that is another one).")
    private Path base = Paths.get("");

    @Option(
            names = "--window",
            paramLabel = "SECONDS",
            description = "Over how long, 1 to 3600; ${DEFAULT-VALUE} unless given.",
            defaultValue = "60")
    private int windowSeconds;

    @Option(names = "--no-wait", description = "Begin, and do not wait for the end.")
    private boolean noWait;

    @ArgGroup
    private @Nullable Instead instead;

    /** What to do instead of beginning. */
    static final class Instead {
        @Option(names = "--status", description = "Only tell how far it is.")
        private boolean status;

        @Option(names = "--cancel", description = "Stop draining, and open the connectors again.")
        private boolean cancel;

        String command() {
            if (status == cancel) {
                throw new IllegalStateException("one of the two, says picocli");
            }
            return status ? "drain-status" : "drain-cancel";
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunningContainer container = RunningContainer.in(base);
        if (instead != null) {
            tell(DrainProgress.parse(container.ask(instead.command())));
            return 0;
        }
        if (windowSeconds < 1 || windowSeconds > 3600) {
            throw new AdminException("--window " + windowSeconds + ": 1 to 3600 expected");
        }
        DrainProgress progress = DrainProgress.parse(container.ask("drain " + windowSeconds));
        tell(progress);
        while (!noWait && progress.isGoingOn()) {
            Thread.sleep(POLL_MILLIS);
            DrainProgress now = DrainProgress.parse(container.ask("drain-status"));
            if (!now.equals(progress)) {
                tell(now);
            }
            progress = now;
        }
        return 0;
    }

    private void tell(DrainProgress progress) {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(progress);
        out.flush();
    }
}
