package org.pinhole.admin;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import org.pinhole.admin.control.DrainCommand;
import org.pinhole.admin.control.StatusCommand;
import org.pinhole.admin.file.AdminException;
import org.pinhole.admin.install.InstallCommand;
import org.pinhole.admin.install.UninstallCommand;
import org.pinhole.admin.user.UserCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The main. Exit codes: 0 done, 1 not done (one line says why), 2 not understood. */
@Command(
        name = "pinhole",
        description =
                "Puts Pinhole beside a SIP servlet container, takes it out again, keeps its users, and empties it before a restart.",
        mixinStandardHelpOptions = true,
        versionProvider = PinholeAdmin.Version.class,
        subcommands = {
            InstallCommand.class,
            UninstallCommand.class,
            UserCommand.class,
            DrainCommand.class,
            StatusCommand.class
        })
public final class PinholeAdmin {
    private PinholeAdmin() {}

    /** Runs and exits. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line with its error handling, apart from the process. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new PinholeAdmin());
        commandLine.setParameterExceptionHandler(new UsageProblem());
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> report(command.getErr(), failure));
        return commandLine;
    }

    private static int report(PrintWriter err, Exception failure) throws Exception {
        if (failure instanceof AdminException) {
            err.println("pinhole: " + failure.getMessage());
        } else if (failure instanceof IOException) {
            err.println("pinhole: " + sentence((IOException) failure));
        } else {
            throw failure;
        }
        return 1;
    }

    private static String sentence(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return failure.getMessage() + ": not permitted to user " + System.getProperty("user.name")
                    + "; run as the container's user";
        }
        if (failure instanceof NoSuchFileException) {
            return failure.getMessage() + ": no such file or folder";
        }
        return failure instanceof FileSystemException
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            @Nullable String version = PinholeAdmin.class.getPackage().getImplementationVersion();
            return new String[] {"pinhole " + (version == null ? "(not packaged)" : version)};
        }
    }
}
