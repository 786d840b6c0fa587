package org.pinhole.admin.user;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pinhole.admin.file.AdminException;
import picocli.CommandLine.Option;

/** Where a password comes from: the terminal without echo, or one line of standard input. Never the command line. */
final class PasswordSource {
    @Option(names = "--password-stdin", description = "Read the password from standard input, one line.")
    private boolean fromStandardInput;

    /** A new password, typed twice at a terminal. */
    String readNew() throws IOException {
        if (fromStandardInput) {
            return nonEmpty(line());
        }
        String password = nonEmpty(prompt("Password: "));
        if (!password.equals(prompt("Again: "))) {
            throw new AdminException("the two passwords differ; nothing was changed");
        }
        return password;
    }

    /** A password to be checked. */
    String read() throws IOException {
        return nonEmpty(fromStandardInput ? line() : prompt("Password: "));
    }

    private static String nonEmpty(@Nullable String password) {
        if (password == null || password.isEmpty()) {
            throw new AdminException("the password is empty; nothing was changed");
        }
        return password;
    }

    private static @Nullable String line() throws IOException {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    }

    @SuppressWarnings("SystemConsoleNull") // from 22 on it reads a pipe as if it were a terminal, which does no harm
    private static @Nullable String prompt(String text) {
        Console console = System.console();
        if (console == null) {
            throw new AdminException("no terminal to ask for the password; pipe it in with --password-stdin");
        }
        char[] typed = console.readPassword("%s", text);
        return typed == null ? null : new String(typed);
    }
}
