package org.pinhole.ue.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.TunnelException;
import picocli.CommandLine.Option;

/** Who, and a password that is never an option's value. */
@SuppressWarnings("NullAway.Init") // picocli sets the required ones before anybody reads them
final class PasswordOptions {
    @Option(
            names = "--user",
            required = true,
            paramLabel = "USER",
            description = "The user, of SIP's Digest and of TURN alike.")
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file whose first line is the password. Default: asked for on the terminal.")
    private @Nullable Path passwordFile;

    String user() {
        return user;
    }

    @SuppressWarnings("SystemConsoleNull") // a JDK before 22 does return null
    String password() throws IOException {
        if (passwordFile != null) {
            return firstLine(passwordFile);
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("password of %s: ", user);
        if (typed == null) {
            throw new TunnelException("no terminal to ask the password of " + user + " on; give --password-file");
        }
        return new String(typed);
    }

    static String firstLine(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new TunnelException(file + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
        if (lines.isEmpty() || lines.get(0).isEmpty()) {
            throw new TunnelException(file + ": its first line has to be the password, and is empty");
        }
        return lines.get(0);
    }
}
