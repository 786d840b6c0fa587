package org.pinhole.connector.hook;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.pinhole.bridge.DeploymentRefused;

/** The files of the container that are ours: conf/pinhole.properties and the folder conf/pinhole. */
final class ContainerFiles {
    private final File base;

    ContainerFiles(File base) {
        this.base = base;
    }

    /** Of the container in this JVM. */
    static ContainerFiles ofThisContainer() {
        String base = System.getProperty("catalina.base", System.getProperty("catalina.home", "."));
        return new ContainerFiles(new File(base).getAbsoluteFile());
    }

    /** conf/pinhole.properties as it is now; empty when there is none. */
    Properties properties() {
        Properties properties = new Properties();
        File file = new File(base, "conf/pinhole.properties");
        if (file.isFile()) {
            try (InputStream in = new FileInputStream(file)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new DeploymentRefused(file + ": cannot be read: " + unreadable.getMessage());
            }
        }
        return properties;
    }

    /** The same, but empty when it cannot be read: for an application that may not be meant at all. */
    Properties propertiesOrNone() {
        try {
            return properties();
        } catch (DeploymentRefused unreadable) {
            return new Properties();
        }
    }

    /** Where a certificate of our own making is kept. */
    File ownFolder() {
        return new File(base, "conf/pinhole");
    }

    /** A path as an operator writes it: absolute, or relative to the container's base. */
    File resolve(String path) {
        File file = new File(path);
        return file.isAbsolute() ? file : new File(base, path);
    }
}
