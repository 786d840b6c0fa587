package org.pinhole.bench.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code /proc} says about one process, and about the processes that it has started. */
public final class ProcessFigures {
    private static final int TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux we run on
    private static final int UTIME = 11; // counted after the command's closing bracket
    private static final int STIME = 12;

    private final long pid;

    ProcessFigures(long pid) {
        this.pid = pid;
    }

    /** Resident set in KiB. */
    public long rssKib() throws IOException {
        return status("VmRSS:");
    }

    /** Threads. */
    public int threads() throws IOException {
        return Math.toIntExact(status("Threads:"));
    }

    /** Threads by name, numbers replaced by {@code N}. */
    public Map<String, Integer> threadsByName() throws IOException {
        Map<String, Integer> byName = new TreeMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(proc("task"))) {
            for (Path task : tasks) {
                byName.merge(Files.readString(task.resolve("comm")).strip().replaceAll("\\d+", "N"), 1, Integer::sum);
            }
        }
        return byName;
    }

    /** Open file descriptors. */
    public int files() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(proc("fd"))) {
            for (Path unused : open) {
                count++;
            }
        }
        return count;
    }

    /** CPU seconds of the process and its children so far. */
    public double cpuSeconds() throws IOException {
        long ticks = 0;
        for (long each : family()) {
            ticks += ticks(each);
        }
        return (double) ticks / TICKS_PER_SECOND;
    }

    private static long ticks(long process) throws IOException {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
        } catch (NoSuchFileException ended) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]);
    }

    /** Runs a full collection, so that what is counted next is alive. Only for a JVM. */
    public void collectGarbage() throws IOException {
        Commands.run(List.of(jcmd(), Long.toString(pid), "GC.run"));
    }

    /**
     * What is alive on the heap, in KiB: it is counted in the moment of a full collection, so that no garbage is among it.
     * Only for a JVM.
     */
    public long liveHeapKib() throws IOException {
        String histogram = Commands.run(List.of(jcmd(), Long.toString(pid), "GC.class_histogram"));
        java.util.regex.Matcher total =
                java.util.regex.Pattern.compile("(?m)^Total +\\d+ +(\\d+)").matcher(histogram);
        if (!total.find()) {
            throw new IOException("no total in a class histogram of " + histogram.length() + " characters");
        }
        return Long.parseLong(total.group(1)) / 1024;
    }

    /** What jcmd answers to one command. */
    public String jcmd(String command) throws IOException {
        return Commands.run(List.of(jcmd(), Long.toString(pid), command));
    }

    private static String jcmd() {
        return Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    }

    private List<Long> family() throws IOException {
        List<Long> all = new ArrayList<>(List.of(pid));
        ProcessHandle.of(pid)
                .ifPresent(
                        process -> process.descendants().map(ProcessHandle::pid).forEach(all::add));
        return all;
    }

    private long status(String field) throws IOException {
        for (String line : Files.readAllLines(proc("status"))) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no " + field + " of process " + pid);
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }
}
