package org.pinhole.admin.install;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pinhole uninstall CATALINA_HOME}. */
@Command(
        name = "uninstall",
        mixinStandardHelpOptions = true,
        description = {
            "Takes Pinhole out of a container, byte for byte. Settings, users and keys are saved to a zip first.",
            "Stop the container first, or restart it afterwards."
        })
public final class UninstallCommand implements Callable<Integer> {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CATALINA_HOME", description = "The folder that was given to install.")
    private Path base = Paths.get("");

    @ArgGroup
    private @Nullable Keeping keeping;

    @Option(names = "--force", description = "Remove our block from bin/setenv.sh even if it was edited by hand.")
    private boolean force;

    static final class Keeping {
        @Option(
                names = "--save",
                paramLabel = "FILE",
                description = "The zip for settings, users and keys; default ./pinhole-settings-DATE.zip.")
        private @Nullable Path archive;

        @Option(names = "--discard", description = "Do not save them.")
        private boolean discard;
    }

    @Override
    public Integer call() throws IOException {
        new Uninstaller(Container.at(base, null), out())
                .uninstall(archive(Clock.system(ZoneId.systemDefault())), force);
        out().flush();
        return 0;
    }

    private @Nullable Path archive(Clock clock) {
        if (keeping != null && keeping.discard) {
            return null;
        }
        return keeping != null && keeping.archive != null
                ? keeping.archive
                : Paths.get("pinhole-settings-" + STAMP.format(LocalDateTime.now(clock)) + ".zip");
    }

    private PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec.commandLine().getOut();
    }
}
