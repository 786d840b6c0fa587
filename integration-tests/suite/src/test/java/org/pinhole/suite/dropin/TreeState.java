package org.pinhole.suite.dropin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every file and folder of a container with mode and content; without what the container itself writes when it runs. */
final class TreeState {
    /** The last two: the folder for context files that every start makes, and the user's WAR as the container unpacks it. */
    private static final Set<Path> THE_CONTAINERS_OWN = Set.of(
            Path.of("logs"),
            Path.of("temp"),
            Path.of("work"),
            Path.of("conf/Sip-Servlets"),
            Path.of("webapps/registrar"));

    private TreeState() {}

    /** Path to a line that differs whenever mode or content do. */
    static Map<String, String> of(Path home) throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.toList()) {
                Path relative = home.relativize(path);
                if (THE_CONTAINERS_OWN.stream().noneMatch(relative::startsWith)) {
                    state.put(relative.toString(), line(path));
                }
            }
        }
        return state;
    }

    private static String line(Path path) throws IOException {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        return Files.isDirectory(path) ? mode + " folder" : mode + " " + hash(Files.readAllBytes(path));
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
