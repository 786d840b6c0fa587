package org.pinhole.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernel keeps of each socket of the machine beside its buffers: the socket, its inode with a name, its open file and its
 * place in an epoll instance. From /proc/slabinfo, which only root may read.
 */
public final class SocketSlabs {
    private static final Path SLABS = Path.of("/proc/slabinfo");
    private static final List<String> OF_SOCKETS =
            List.of("TCP", "TCPv6", "sock_inode_cache", "filp", "lsm_file_cache", "eventpoll_epi", "ep_head");
    private static final String INODES = "sock_inode_cache";
    /** One of each comes with a socket's inode; but looking at any file makes some, too, so they are counted by the inodes. */
    private static final List<String> BY_INODE = List.of("dentry", "lsm_inode_cache");

    private static final int ACTIVE = 1;
    private static final int SIZE = 3;

    private SocketSlabs() {}

    /** Whether this process may know. */
    public static boolean readable() {
        return Files.isReadable(SLABS);
    }

    /** In KiB, of all sockets: either end of a loopback connection counts. */
    public static long kib() throws IOException {
        return bytes(Files.readAllLines(SLABS)) / 1024;
    }

    static long bytes(List<String> slabinfo) {
        Map<String, String[]> caches = new HashMap<>();
        for (String line : slabinfo) {
            String[] fields = line.trim().split("\\s+", -1);
            if (fields.length > SIZE) {
                caches.put(fields[0], fields);
            }
        }
        long inodes = number(caches, INODES, ACTIVE);
        long bytes = 0;
        for (String cache : OF_SOCKETS) {
            bytes += number(caches, cache, ACTIVE) * number(caches, cache, SIZE);
        }
        for (String cache : BY_INODE) {
            bytes += inodes * number(caches, cache, SIZE);
        }
        return bytes;
    }

    /** A kernel has not all of them. */
    private static long number(Map<String, String[]> caches, String name, int field) {
        String[] fields = caches.get(name);
        return fields == null ? 0 : Long.parseLong(fields[field]);
    }
}
