package org.pinhole.turn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code --config}: {@code key = value} lines, keys are the long options without dashes, a key that is given
 * again adds another value where the option may be repeated. The command line comes later and therefore wins.
 *
 * @param file null when there is none
 * @param lines those of the file that hold an option
 * @param typed the arguments as they were typed
 */
record ConfigFile(@Nullable Path file, List<Line> lines, List<String> typed) {
    private static final String OPTION = "--config";
    /** Make sense on a command line only. */
    private static final Set<String> NOT_KEYS = Set.of(OPTION, "--help", "--version");

    /** One option, with its dashes, and its value. */
    record Line(int number, String option, String value) {}

    /** Reads the file that the arguments name, if they do. */
    static ConfigFile of(List<String> typed, Set<String> longOptions) throws StartException {
        Path file = find(typed);
        List<Line> lines = file == null ? List.of() : parse(file, OperatorFiles.lines(OPTION, file), longOptions);
        return new ConfigFile(file, lines, typed);
    }

    /** The arguments with the file's lines put in front of them, as options. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        lines.forEach(line -> arguments.add(line.option() + "=" + line.value()));
        arguments.addAll(typed);
        return arguments;
    }

    /** What is wrong, with the line in front where it stands, if it stands in the file. */
    String explain(StartException e) {
        String complaint = String.valueOf(e.getMessage());
        return e.value() == null ? explain(complaint) : at(lineOf(e.value()), complaint);
    }

    /** What is wrong with an option, with the line in front where it stands, if it is one of the file's. */
    String explain(String complaint) {
        return at(lineOf(complaint), complaint);
    }

    private String at(@Nullable Line line, String complaint) {
        return line == null ? complaint : "%s %s line %d: %s".formatted(OPTION, file, line.number(), complaint);
    }

    /** Those of the file come first; what comes behind them was typed. */
    private @Nullable Line lineOf(StartException.Value value) {
        List<Line> all = lines.stream()
                .filter(line -> line.option().equals(value.option()))
                .toList();
        return value.index() < all.size() ? all.get(value.index()) : null;
    }

    /** Of several lines of one option the one whose value is complained about; what was typed has none. */
    private @Nullable Line lineOf(String complaint) {
        List<Line> candidates = new ArrayList<>();
        int earliest = Integer.MAX_VALUE;
        for (Line line : lines) {
            int at = mention(complaint, line.option());
            if (at < earliest) {
                candidates.clear();
                earliest = at;
            }
            if (at == earliest && at != Integer.MAX_VALUE) {
                candidates.add(line);
            }
        }
        for (int i = candidates.size() - 1; i >= 0; i--) {
            String value = candidates.get(i).value();
            if (complaint.contains(" " + value + ":") || complaint.contains("'" + value + "'")) {
                return candidates.get(i);
            }
        }
        return candidates.size() == 1 && !isTyped(candidates.get(0).option()) ? candidates.get(0) : null;
    }

    private static int mention(String complaint, String option) {
        return Pattern.compile(Pattern.quote(option) + "(?![a-z0-9-])")
                .matcher(complaint)
                .results()
                .mapToInt(match -> match.start())
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    private boolean isTyped(String option) {
        return typed.stream().anyMatch(argument -> argument.equals(option) || argument.startsWith(option + "="));
    }

    private static List<Line> parse(Path file, List<String> text, Set<String> longOptions) throws StartException {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                lines.add(line(file, i + 1, line, longOptions));
            }
        }
        return lines;
    }

    private static Line line(Path file, int number, String line, Set<String> longOptions) throws StartException {
        int equals = line.indexOf('=');
        if (equals < 0) {
            throw new StartException("%s %s line %d: expected KEY = VALUE".formatted(OPTION, file, number));
        }
        String name = "--" + line.substring(0, equals).strip();
        if (!longOptions.contains(name) || NOT_KEYS.contains(name)) {
            throw new StartException("%s %s line %d: unknown key '%s'; did you mean '%s'?"
                    .formatted(OPTION, file, number, name.substring(2), nearest(name, longOptions)));
        }
        return new Line(number, name, line.substring(equals + 1).strip());
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
