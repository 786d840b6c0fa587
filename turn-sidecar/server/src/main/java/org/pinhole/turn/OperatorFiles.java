package org.pinhole.turn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the files that options name; what is wrong with one is said with the option and the file. */
final class OperatorFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorFiles.class);
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private OperatorFiles() {}

    /** A secret that nothing uses is a mistyped or forgotten option. */
    static void refuseAlone(String option, @Nullable Path file, String user) throws StartException {
        if (file != null) {
            throw new StartException("%s %s: nothing uses it without %s".formatted(option, file, user));
        }
    }

    static byte[] read(String option, Path file) throws StartException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new StartException("%s %s: no such file".formatted(option, file), e);
        } catch (AccessDeniedException e) {
            throw new StartException(
                    "%s %s: not readable by user %s; check its owner and mode"
                            .formatted(option, file, System.getProperty("user.name")),
                    e);
        } catch (IOException e) {
            throw new StartException("%s %s: cannot be read: %s".formatted(option, file, e.getMessage()), e);
        }
    }

    static List<String> lines(String option, Path file) throws StartException {
        return new String(read(option, file), StandardCharsets.UTF_8).lines().toList();
    }

    /** The one secret of a file: its text without white space around it. */
    static String secret(String option, Path file) throws StartException {
        String secret = new String(read(option, file), StandardCharsets.UTF_8).strip();
        if (secret.isEmpty()) {
            throw new StartException("%s %s: is empty".formatted(option, file));
        }
        return secret;
    }

    /** As {@link #privateSecret}, but several, one a line, in their order; white space within one is refused, because it is two by mistake. */
    static List<String> secrets(String option, Path file) throws StartException {
        List<String> secrets = privateSecret(option, file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (secrets.stream().anyMatch(secret -> secret.chars().anyMatch(Character::isWhitespace))) {
            throw new StartException(
                    "%s %s: expected one secret a line, without white space within".formatted(option, file));
        }
        return secrets;
    }

    /** As {@link #secret}, but the file must be its owner's alone. */
    static String privateSecret(String option, Path file) throws StartException {
        String secret = secret(option, file);
        try {
            if (isShared(file)) {
                throw new StartException("%s %s: others may read it; chmod 600 %s".formatted(option, file, file));
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new StartException("%s %s: its mode cannot be checked".formatted(option, file), e);
        }
        return secret;
    }

    /** For a file that SIP and TURN may share by their group: says so when anybody at all may read it. */
    static void warnIfShared(String option, Path file) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                LOG.warn(
                        "{} {}: everybody on this machine may read it, and it is as good as passwords; chmod o= {}",
                        option,
                        file,
                        file);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("{} {}: its mode cannot be checked", option, file);
        }
    }

    private static boolean isShared(Path file) throws IOException {
        Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
        granted.addAll(Files.getPosixFilePermissions(file));
        granted.retainAll(OTHERS);
        return !granted.isEmpty();
    }
}
