package org.pinhole.ue.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pinhole ue}: registers, calls and is called from the command line, with {@link ExitCodes exit codes} for scripts. */
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
        CommandLine line = new CommandLine(new UeMain());
        ExitCodes.describe(line);
        return line.setExecutionStrategy(UeMain::run)
                .setParameterExceptionHandler(new UsageProblem())
                .setExecutionExceptionHandler((problem, failed, parsed) -> {
                    boolean expected = problem instanceof IOException || problem instanceof IllegalArgumentException;
                    String text = expected ? String.valueOf(problem.getMessage()) : problem.toString();
                    failed.getErr().println("pinhole ue: " + OneLine.of(text));
                    tellResult(parsed, CommandLine.ExitCode.SOFTWARE, text);
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    private static int run(CommandLine.ParseResult parsed) {
        int code = new CommandLine.RunLast().execute(parsed);
        tellResult(parsed, code, "done");
        return code;
    }

    /** For machines, who read to the end of what is printed, its last object. */
    private static void tellResult(CommandLine.ParseResult parsed, int code, String seen) {
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (last.hasMatchedOption("--json")) {
            new Report(last.commandSpec().commandLine().getOut(), true).result(code, seen);
        }
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "say what to do: register, call, answer or relay");
        }
    }
}
