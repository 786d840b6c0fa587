package org.pinhole.admin.install;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pinhole install CATALINA_HOME}. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        description = {
            "Puts Pinhole beside an existing SIP servlet container, or upgrades it. Settings and users are kept.",
            "Stop the container first, or restart it afterwards."
        })
public final class InstallCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "CATALINA_HOME",
            description = "The container's folder (CATALINA_BASE, if that is another one).")
    private Path base = Paths.get("");

    @Option(
            names = "--catalina-home",
            paramLabel = "DIR",
            description = "Where lib/ is, when the container runs with a CATALINA_BASE of its own.")
    private @Nullable Path home;

    @Option(names = "--force", description = "Replace our block in bin/setenv.sh even if it was edited by hand.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        Container container = Container.at(base, home);
        container.requireSipServlets();
        new Installer(container, Parts.besideOurJar(), out()).install(force);
        out().flush();
        return 0;
    }

    private PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return spec.commandLine().getOut();
    }
}
