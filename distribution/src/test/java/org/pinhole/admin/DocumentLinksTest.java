package org.pinhole.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A link leads somewhere, in the repository and in the zip, where the documents of all modules are in one folder. */
class DocumentLinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Path REPOSITORY = Paths.get("..");
    private static final Path ZIP = Paths.get("target/documents");

    @Test
    void everyLinkInTheRepositoryLeadsToAFile() throws IOException {
        List<Path> documents = new ArrayList<>(documentsIn(REPOSITORY.resolve("distribution/src/docs")));
        documents.addAll(documentsIn(REPOSITORY.resolve("turn-sidecar/server/src/docs")));
        for (String name : Arrays.asList("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
            documents.add(REPOSITORY.resolve(name));
        }

        assertThat(deadLinks(documents)).isEmpty();
    }

    @Test
    void everyLinkInTheZipLeadsToAFileOfTheZip() throws IOException {
        List<Path> documents = documentsIn(ZIP);

        assertThat(documents).contains(ZIP.resolve("README.md"), ZIP.resolve("docs/turn-server.md"));
        assertThat(deadLinks(documents)).isEmpty();
    }

    private static List<Path> documentsIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(".md")).collect(Collectors.toList());
        }
    }

    private static List<String> deadLinks(List<Path> documents) throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path document : documents) {
            Matcher link = LINK.matcher(new String(Files.readAllBytes(document), UTF_8));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains("://") && !Files.exists(document.resolveSibling(target))) {
                    dead.add(document + " -> " + target);
                }
            }
        }
        return dead;
    }
}
