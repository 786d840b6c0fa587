package org.pinhole.turn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code --config}: {@code key = value} lines, keys are the long options without dashes, a key that is given
 * again adds another value where the option may be repeated. The command line comes later and therefore wins.
 */
final class ConfigFile {
    private static final String OPTION = "--config";
    /** Make sense on a command line only. */
    private static final Set<String> NOT_KEYS = Set.of(OPTION, "--help", "--version");

    private ConfigFile() {}

    /** The arguments with the file's lines put in front of them, as options. */
    static List<String> expand(List<String> arguments, Set<String> longOptions) throws StartException {
        Path file = find(arguments);
        if (file == null) {
            return arguments;
        }
        List<String> expanded = new ArrayList<>(parse(file, OperatorFiles.lines(OPTION, file), longOptions));
        expanded.addAll(arguments);
        return expanded;
    }

    static List<String> parse(Path file, List<String> lines, Set<String> longOptions) throws StartException {
        List<String> options = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                options.add(option(file, i + 1, line, longOptions));
            }
        }
        return options;
    }

    private static String option(Path file, int number, String line, Set<String> longOptions) throws StartException {
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw new StartException("%s %s line %d: expected KEY = VALUE".formatted(OPTION, file, number));
        }
        String name = "--" + line.substring(0, equals).strip();
        if (!longOptions.contains(name) || NOT_KEYS.contains(name)) {
            throw new StartException("%s %s line %d: unknown key '%s'; did you mean '%s'?"
                    .formatted(OPTION, file, number, name.substring(2), nearest(name, longOptions)));
        }
        return name + "=" + line.substring(equals + 1).strip();
    }

    private static String nearest(String name, Set<String> longOptions) {
        List<String> keys = longOptions.stream()
                .filter(option -> option.startsWith("--") && !NOT_KEYS.contains(option))
                .toList();
        return NearestName.of(name, keys).substring(2);
    }

    private static @Nullable Path find(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(OPTION + "=")) {
                return Path.of(argument.substring(OPTION.length() + 1));
            }
            if (argument.equals(OPTION) && i + 1 < arguments.size()) {
                return Path.of(arguments.get(i + 1));
            }
        }
        return null;
    }
}
