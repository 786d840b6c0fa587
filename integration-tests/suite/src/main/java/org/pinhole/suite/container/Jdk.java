package org.pinhole.suite.container;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An installed Java that a container may run on.
 *
 * @param home its home
 * @param feature its feature release: 8, 17, 25
 */
public record Jdk(Path home, int feature) {
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+)");

    /** The one that runs us. */
    public static Jdk running() {
        return new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** One per feature release of those that Debian's packages have installed, and the running one; oldest first. */
    public static List<Jdk> installed() throws IOException {
        Map<Integer, Jdk> found = new TreeMap<>();
        if (Files.isDirectory(INSTALLED)) {
            try (DirectoryStream<Path> homes = Files.newDirectoryStream(INSTALLED, Files::isDirectory)) {
                for (Path home : homes) {
                    Jdk jdk = find(home);
                    if (jdk != null) {
                        found.putIfAbsent(jdk.feature(), jdk);
                    }
                }
            }
        }
        found.put(running().feature(), running());
        return List.copyOf(found.values());
    }

    /** Java in this folder, or null when there is none. */
    static @Nullable Jdk find(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return null;
        }
        Matcher version = VERSION.matcher(Files.readString(release));
        return version.find() ? new Jdk(home, Integer.parseInt(version.group(1))) : null;
    }

    @Override
    public String toString() {
        return "Java " + feature;
    }
}
