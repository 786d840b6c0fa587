package org.pinhole.admin.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pinhole status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows what the connectors of a running container have done since they opened.")
public final class StatusCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "CATALINA_HOME",
            description = "The container's folder (CATALINA_BASE, if that is another one).")
    private Path base = Paths.get("");

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        PrintWriter out = spec.commandLine().getOut();
        RunningContainer.in(base).ask("status").forEach(out::println);
        out.flush();
        return 0;
    }
}
