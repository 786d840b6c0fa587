package org.pinhole.connector.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What conf/pinhole.properties tells operators of parameters and their defaults. */
class DocumentedParametersTest {
    private static final Path FILE = Paths.get("../../distribution/src/main/conf/pinhole.properties");
    private static final Pattern LINE = Pattern.compile("#(pinhole\\.[a-z0-9.-]+)=(.*)");
    /** What pinhole.war asks for, where no application that says nothing has a connector. */
    private static final String CONNECTOR = "tls://0.0.0.0:443";

    @Test
    void everyParameterIsThereOnceWithItsDefault() throws IOException {
        Map<String, String> defaults = new HashMap<>();
        for (Parameter parameter : Parameter.values()) {
            defaults.put(parameter.key(), parameter.defaultValue());
        }
        assertThat(defaults.put(Parameter.CONNECTOR.key(), CONNECTOR)).isEqualTo(Parameter.NO_CONNECTOR);

        assertThat(documented()).containsExactlyInAnyOrderEntriesOf(defaults);
    }

    @Test
    void andTheSmallestAndLargestNumberThatItAllows() throws IOException {
        String text = new String(Files.readAllBytes(FILE), UTF_8);
        for (Parameter parameter : Parameter.values()) {
            for (String bound : boundsOf(parameter)) {
                assertThat(text).as(parameter.key()).containsPattern("\\b" + bound + "\\b");
            }
        }
    }

    private static String[] boundsOf(Parameter parameter) {
        try {
            parameter.check("no number");
        } catch (IllegalArgumentException refused) {
            Matcher bounds = Pattern.compile("(\\d+) to (\\d+) expected").matcher(String.valueOf(refused.getMessage()));
            if (bounds.matches()) {
                return new String[] {bounds.group(1) + "-" + bounds.group(2)};
            }
        }
        return new String[0];
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> documented = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(FILE)) {
            lines.map(LINE::matcher)
                    .filter(Matcher::matches)
                    .forEach(line -> assertThat(documented.put(line.group(1), line.group(2)))
                            .as(line.group(1))
                            .isNull());
        }
        return documented;
    }
}
