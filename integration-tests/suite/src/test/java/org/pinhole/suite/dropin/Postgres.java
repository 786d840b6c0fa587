package org.pinhole.suite.dropin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of Debian's with an empty data base, which is gone when it is closed. */
final class Postgres implements AutoCloseable {
    /** Tells where it is, and keeps the server until its input ends. */
    private static final String SCRIPT = "echo \"ready $PGHOST $PGPORT $PGUSER $PGPASSWORD\"; cat >/dev/null";

    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final String url;
    private final String user;
    private final String password;

    private Postgres(Process process, String url, String user, String password) {
        this.process = process;
        this.url = url;
        this.user = user;
        this.password = password;
    }

    static Postgres start() throws IOException {
        Process process = new ProcessBuilder("pg_virtualenv", "sh", "-c", SCRIPT)
                .redirectErrorStream(true)
                .start();
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            if (words.length == 5 && words[0].equals("ready")) {
                return new Postgres(
                        process, "jdbc:postgresql://" + words[1] + ":" + words[2] + "/postgres", words[3], words[4]);
            }
            said.append(line).append('\n');
        }
        throw new IOException("pg_virtualenv did not start a server: " + said);
    }

    String url() {
        return url;
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    /** Ends the server and waits for that. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
            }
        } catch (InterruptedException stopping) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
