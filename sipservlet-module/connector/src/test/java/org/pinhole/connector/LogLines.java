package org.pinhole.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What is logged meanwhile, as the tests' SLF4J writes it to standard error. */
public final class LogLines implements AutoCloseable {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream standardError = System.err;

    private LogLines() throws UnsupportedEncodingException {
        System.setErr(new PrintStream(written, true, UTF_8.name()));
    }

    /** From now on. */
    public static LogLines follow() throws UnsupportedEncodingException {
        return new LogLines();
    }

    /** The lines so far that say so. */
    public List<String> with(String words) {
        String all = new String(written.toByteArray(), UTF_8);
        return Arrays.stream(all.split("\n", -1))
                .filter(line -> line.contains(words))
                .collect(Collectors.toList());
    }

    @Override
    public void close() {
        System.setErr(standardError);
    }
}
