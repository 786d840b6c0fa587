package org.pinhole.suite.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The checked-out repository: where it is and what it holds. */
public final class Repository {
    private static final String CONFORMANCE = "distribution/src/docs/conformance.md";

    /** Made by tools, never committed (.gitignore names the same). */
    private static final Set<String> LEFT_OUT = Set.of(
            ".git", "target", ".idea", ".settings", ".vscode", ".classpath", ".project", "dependency-reduced-pom.xml");

    private Repository() {}

    /** The nearest folder upwards that holds the modules; tests run somewhere below it. */
    public static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("plugin-api")) && Files.isRegularFile(folder.resolve("pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no repository above " + Path.of("").toAbsolutePath());
    }

    /** All files that could be committed, in a fixed order. */
    public static List<Path> files(Path root) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return isLeftOut(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!isLeftOut(file) && attributes.isRegularFile()) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + root, e);
        }
        Collections.sort(found);
        return found;
    }

    static Path conformance(Path root) {
        return root.resolve(CONFORMANCE);
    }

    /** The tags of all modules' tests. */
    static List<TaggedTest> taggedTests(Path root) {
        return files(root).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> root.relativize(file).toString().contains("src/test/java/"))
                .flatMap(file -> TagScanner.scan(read(file)).stream())
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static boolean isLeftOut(Path path) {
        Path name = path.getFileName();
        return name != null
                && (LEFT_OUT.contains(name.toString()) || name.toString().endsWith(".iml"));
    }
}
