package org.pinhole.suite.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * When a test fails, what the foreign programs of its class have said is copied to target/traces/CLASS before their own
 * folders are removed: baresip's SIP trace, Kamailio's log, sipp's messages and errors.
 */
final class KeptTraces implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Path TRACES = Path.of("target/traces");

    @Override
    public void beforeAll(ExtensionContext context) {
        Foreign.forgetOutputs();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        keepOfAFailure(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        keepOfAFailure(context);
    }

    private static void keepOfAFailure(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            keep(
                    Foreign.outputs(),
                    TRACES.resolve(context.getRequiredTestClass().getSimpleName()));
        }
    }

    /** Copies these files, and the traces that programs have written beside them, into a folder. */
    static void keep(List<Path> outputs, Path folder) {
        try {
            Files.createDirectories(folder);
            for (Path run : outputs.stream()
                    .map(Path::getParent)
                    .distinct()
                    .filter(Files::isDirectory)
                    .toList()) {
                keepOf(run, folder);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void keepOf(Path run, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            for (Path trace : files.filter(KeptTraces::isTrace).toList()) {
                Path name = folder.resolve(run.getFileName() + "-" + trace.getFileName());
                Files.copy(trace, name, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static boolean isTrace(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".out") || name.endsWith(".log") || name.endsWith(".errors") || name.endsWith(".messages");
    }
}
