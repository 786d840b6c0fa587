package org.pinhole.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel holds for TCP sockets, of the whole machine. */
public final class KernelSockets {
    private static final Pattern TCP = Pattern.compile("TCP: inuse (\\d+) .*mem (\\d+)");
    private static final int PAGE_KIB = 4;

    private KernelSockets() {}

    /** Memory in sockets' buffers in KiB (the pages of /proc/net/sockstat; either end of a loopback connection counts). */
    public static long bufferKib() throws IOException {
        return Long.parseLong(tcp().group(2)) * PAGE_KIB;
    }

    private static Matcher tcp() throws IOException {
        Matcher line = TCP.matcher(Files.readString(Path.of("/proc/net/sockstat")));
        if (!line.find()) {
            throw new IOException("no TCP line in /proc/net/sockstat");
        }
        return line;
    }

    /** All that the kernel has allocated in slabs, in KiB: sockets, files, epoll items and everything else. */
    public static long slabKib() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
            if (line.startsWith("SUnreclaim:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no SUnreclaim in /proc/meminfo");
    }
}
