package org.pinhole.suite.peer;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Carries out {@link NeedsPeer}. Not an ExecutionCondition, because one of those can only skip a test, never fail it.
 */
final class PeerCondition implements BeforeAllCallback, BeforeEachCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        check(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        check(context);
    }

    private static void check(ExtensionContext context) {
        context.getElement()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, NeedsPeer.class))
                .ifPresent(needs -> require(List.of(needs.value()), System.getenv()));
    }

    /** Returns, aborts or fails; the environment is a parameter so that a test can be any machine. */
    static void require(List<String> commands, Map<String, String> environment) {
        List<String> missing = commands.stream()
                .filter(command -> !isOnPath(command, environment.getOrDefault("PATH", "")))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        String reason = "not on PATH: " + String.join(", ", missing) + " (./test.sh installs it where it can)";
        Skip.because(reason, environment);
    }

    private static boolean isOnPath(String command, String path) {
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }
}
