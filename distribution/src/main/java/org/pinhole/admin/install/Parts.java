package org.pinhole.admin.install;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.pinhole.admin.file.AdminException;

/** The parts of the unpacked distribution that go into a container: they lie beside our own jar. */
final class Parts {
    private final Path lib;

    Parts(Path lib) {
        this.lib = lib;
    }

    static Parts besideOurJar() {
        try {
            Path jar = Paths.get(Parts.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new Parts(jar.resolveSibling("."));
        } catch (URISyntaxException notAFile) {
            throw new AdminException("cannot tell where the distribution is: " + notAFile.getMessage());
        }
    }

    Path agentJar() {
        return require("pinhole-agent.jar");
    }

    Path war() {
        return require("pinhole.war");
    }

    private Path require(String name) {
        Path part = lib.resolve(name).normalize();
        if (!Files.isReadable(part)) {
            throw new AdminException(part + ": missing or not readable; unpack the distribution again");
        }
        return part;
    }
}
