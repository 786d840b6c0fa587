package org.pinhole.ue.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What scripts may rely on, told by every sub-command's help. */
final class ExitCodes {
    private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put("0", "Done.");
        MEANINGS.put("1", "Failed; one line on standard error says why.");
        MEANINGS.put("2", "The command line was not understood; one line on standard error says what of it.");
        MEANINGS.put("130", "Ended by Ctrl-C (143: by SIGTERM); register, call and answer de-register first.");
    }

    private ExitCodes() {}

    /** Puts them under the help of this command and of those below it. */
    static void describe(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(MEANINGS);
        command.getSubcommands().values().forEach(ExitCodes::describe);
    }
}
