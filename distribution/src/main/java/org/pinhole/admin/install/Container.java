package org.pinhole.admin.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pinhole.admin.file.AdminException;

/** Where everything of ours goes in an operator's container. Knows places, touches nothing. */
final class Container {
    private final Path base;
    private final Path home;

    private Container(Path base, Path home) {
        this.base = base;
        this.home = home;
    }

    /**
     * A folder that may or may not be a container.
     *
     * @param base CATALINA_BASE
     * @param home CATALINA_HOME where that is another folder, else null
     */
    static Container at(Path base, @Nullable Path home) throws IOException {
        if (!Files.isDirectory(base)) {
            throw new AdminException(base + ": no such folder");
        }
        Path realBase = base.toRealPath();
        return new Container(realBase, home == null ? realBase : home.toRealPath());
    }

    /** Refuses, saying what was expected, unless this is a Mobicents SIP Servlets container. */
    void requireSipServlets() throws IOException {
        Path serverXml = base.resolve("conf/server.xml");
        if (!Files.isRegularFile(serverXml)
                || !new String(Files.readAllBytes(serverXml), StandardCharsets.ISO_8859_1)
                        .contains("org.mobicents.servlet.sip")) {
            throw new AdminException(base + ": not a Mobicents SIP Servlets container: conf/server.xml "
                    + "was expected to name org.mobicents.servlet.sip");
        }
        requireJar("sip-servlets-impl");
        requireJar("jain-sip-ri");
        if (!Files.isDirectory(base.resolve("webapps"))) {
            throw new AdminException(base + ": no webapps folder, which is where pinhole.war goes");
        }
        if (!base.toString().matches("[^\"$`\\\\]*")) {
            throw new AdminException(
                    base + ": the container's start script cannot pass on a path with one of \" $ ` \\ in it");
        }
    }

    private void requireJar(String name) throws IOException {
        Path lib = home.resolve("lib");
        if (Files.isDirectory(lib)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib, name + "*.jar")) {
                if (jars.iterator().hasNext()) {
                    return;
                }
            }
        }
        throw new AdminException(lib + ": " + name + "*.jar was expected here; if this container's lib is elsewhere, "
                + "say --catalina-home");
    }

    boolean isBaseOfAnotherHome() {
        return !base.equals(home);
    }

    Path base() {
        return base;
    }

    Path agentJar() {
        return ourFolder().resolve("pinhole-agent.jar");
    }

    Path ourFolder() {
        return base.resolve("pinhole");
    }

    Path war() {
        return base.resolve("webapps/pinhole.war");
    }

    /** What the container unpacks of the WAR. */
    Path unpackedWar() {
        return base.resolve("webapps/pinhole");
    }

    Path work() {
        return base.resolve("work");
    }

    Path setenv() {
        return base.resolve("bin/setenv.sh");
    }

    Path settings() {
        return base.resolve("conf/pinhole.properties");
    }

    Path users() {
        return base.resolve("conf/pinhole.users");
    }

    /** Keys and certificates made at run time. */
    Path runtimeKeys() {
        return base.resolve("conf/pinhole");
    }
}
