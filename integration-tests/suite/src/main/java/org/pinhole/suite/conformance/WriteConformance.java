package org.pinhole.suite.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes conformance.md anew; the repository's root is the only argument. */
public final class WriteConformance {
    private WriteConformance() {}

    /** Run by conformance.sh. */
    public static void main(String[] arguments) throws IOException {
        Path root = arguments.length == 0 ? Repository.root() : Path.of(arguments[0]);
        Path file = Repository.conformance(root);
        Files.createDirectories(file.getParent());
        Files.writeString(file, ConformanceTable.render(RequirementList.load().values(), Repository.taggedTests(root)));
    }
}
