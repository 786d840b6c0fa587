package org.pinhole.suite.container;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Maven has collected for a container: Tomcat's zip, the SIP servlet jars, the applications and the distribution.
 *
 * @param folder the folder that holds all of it
 */
public record ContainerParts(Path folder) {
    /** Refuses a folder that the build has not filled. */
    public ContainerParts {
        if (!Files.isRegularFile(folder.resolve("tomcat.zip")) || !Files.isDirectory(folder.resolve("lib"))) {
            throw new IllegalArgumentException(
                    folder + ": no tomcat.zip and lib/ here; run 'mvn package', which collects them");
        }
    }

    /** The parts that the running build has collected. */
    public static ContainerParts ofThisBuild() {
        return new ContainerParts(Path.of(System.getProperty("pinhole.container-parts", "target/container-parts"))
                .toAbsolutePath());
    }

    /** Tomcat as it is published. */
    public Path tomcatZip() {
        return folder.resolve("tomcat.zip");
    }

    /** The jars that make a Tomcat a SIP servlet container. */
    public Path jars() {
        return folder.resolve("lib");
    }

    /** The user's application: a registrar and proxy that knows nothing of Pinhole. */
    public Path registrarWar() {
        return folder.resolve("registrar.war");
    }

    /** The sample application that pushes to phones over their flows. */
    public Path pushWar() {
        return folder.resolve("push.war");
    }

    /** The distribution, as a user downloads it. */
    public Path distributionZip() {
        return folder.resolve("pinhole.zip");
    }
}
