package org.pinhole.suite.demo;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Where the edge is, what its certificate must say, and who the two users are. Prints no password. */
public record StoryConfig(
        InetSocketAddress sipTls,
        String serverName,
        Path caFile,
        String domain,
        String aliceUser,
        String alicePassword,
        String bobUser,
        String bobPassword,
        int keepSeconds) {
    /** The value of keep that an edge answers unless it is told otherwise. */
    public static final int DEFAULT_KEEP_SECONDS = 45;

    public StoryConfig {
        if (sipTls.isUnresolved()) {
            throw new IllegalArgumentException("the edge's address " + sipTls + " is not resolved; give an IP address");
        }
    }

    public StoryConfig(
            InetSocketAddress sipTls,
            String serverName,
            Path caFile,
            String domain,
            String aliceUser,
            String alicePassword,
            String bobUser,
            String bobPassword) {
        this(sipTls, serverName, caFile, domain, aliceUser, alicePassword, bobUser, bobPassword, DEFAULT_KEEP_SECONDS);
    }

    @Override
    public String toString() {
        return serverName + " at " + sipTls + ", " + aliceUser + " and " + bobUser + " of " + domain;
    }
}
