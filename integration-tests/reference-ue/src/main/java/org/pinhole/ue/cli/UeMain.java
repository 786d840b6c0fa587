package org.pinhole.ue.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pinhole ue}: registers, calls and is called from the command line. Exit codes: 0 done, 1 failed, 2 usage. */
@Command(
        name = "pinhole ue",
        description = "A SIP phone for the command line that reaches its edge through a web-only firewall.",
        mixinStandardHelpOptions = true,
        versionProvider = UeVersion.class,
        subcommands = {RegisterCommand.class, CallCommand.class, AnswerCommand.class, RelayCommand.class})
public final class UeMain implements Runnable {
    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command, its output going to the standard streams unless set otherwise. */
    public static CommandLine commandLine() {
        return new CommandLine(new UeMain())
                .setParameterExceptionHandler(new UsageProblem())
                .setExecutionExceptionHandler((problem, line, parsed) -> {
                    boolean expected = problem instanceof IOException || problem instanceof IllegalArgumentException;
                    String text = expected ? String.valueOf(problem.getMessage()) : problem.toString();
                    line.getErr().println("pinhole ue: " + text);
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "say what to do: register, call, answer or relay");
        }
    }
}
