package org.pinhole.suite.dropin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pinhole.suite.container.Jdk;

/** Looks into a running JVM with jcmd. */
final class JvmProbe {
    private static final long DEADLINE_SECONDS = 30;

    private final long pid;

    JvmProbe(long pid) {
        this.pid = pid;
    }

    /** The system properties, one {@code name=value} each. */
    List<String> systemProperties() throws IOException, InterruptedException {
        return jcmd("VM.system_properties");
    }

    /** The names of the event-loop threads, in order. */
    List<String> eventLoops() throws IOException, InterruptedException {
        return jcmd("Thread.print").stream()
                .filter(line -> line.startsWith("\"pinhole-io-"))
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .sorted()
                .toList();
    }

    private List<String> jcmd(String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Jdk.running().home().resolve("bin/jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!jcmd.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
            jcmd.destroyForcibly();
            throw new IOException("jcmd " + pid + " " + command + ": " + said);
        }
        return said.lines().toList();
    }
}
