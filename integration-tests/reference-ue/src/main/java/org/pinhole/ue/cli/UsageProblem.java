package org.pinhole.ue.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that is not understood: one line that says what was seen and where to read on. Exit code 2. */
final class UsageProblem implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        command.getErr().println("pinhole ue: " + sentence(unknownFirst(problem, arguments)) + help);
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** What is missing is often what was misspelt, but the parser complains of what is missing first. */
    private static Exception unknownFirst(ParameterException problem, String[] arguments) {
        if (problem instanceof MissingParameterException) {
            for (Exception other : allProblems(arguments)) {
                if (other instanceof UnmatchedArgumentException) {
                    return other;
                }
            }
        }
        return problem;
    }

    private static List<Exception> allProblems(String[] arguments) {
        CommandLine again = UeMain.commandLine();
        collectErrors(again);
        CommandLine.ParseResult parsed = again.parseArgs(arguments);
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed.errors();
    }

    private static void collectErrors(CommandLine command) {
        command.getCommandSpec().parser().collectErrors(true);
        command.getSubcommands().values().forEach(UsageProblem::collectErrors);
    }

    private static String sentence(Exception problem) {
        if (problem instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions();
            return problem.getMessage() + (near.isEmpty() ? "; see " : "; did you mean " + near.get(0) + "? See ");
        }
        return problem.getMessage() + "; see ";
    }
}
