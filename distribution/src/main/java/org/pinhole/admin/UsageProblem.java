package org.pinhole.admin;

import java.io.PrintWriter;
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
        PrintWriter err = command.getErr();
        err.println("pinhole: " + sentence(unknownFirst(problem, arguments))
                + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
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
        CommandLine again = PinholeAdmin.commandLine();
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
        if (problem instanceof UnmatchedArgumentException) {
            List<String> near = ((UnmatchedArgumentException) problem).getSuggestions();
            return problem.getMessage() + (near.isEmpty() ? "; see " : "; did you mean " + near.get(0) + "? See ");
        }
        return problem.getMessage() + "; see ";
    }
}
