package org.pinhole.connector.hook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.pinhole.bridge.DeploymentRefused;

/** The files with what we share with the TURN server: there, not empty, and nobody else's to read. */
final class TurnSecrets {
    /** The parameters that name such a file. */
    static final List<Parameter> FILES = Collections.unmodifiableList(
            Arrays.asList(Parameter.TURN_SECRET_FILE, Parameter.TURN_KEY_LOOKUP_TOKEN_FILE));

    private TurnSecrets() {}

    /** Refuses a deployment whose files cannot be used; paths are absolute. */
    static void require(String application, Settings settings) {
        boolean uris = !settings.get(Parameter.TURN_URIS).isEmpty();
        if (uris && settings.get(Parameter.TURN_SECRET_FILE).isEmpty()) {
            throw new DeploymentRefused(application + ": " + Parameter.TURN_URIS.key() + " is set, but "
                    + Parameter.TURN_SECRET_FILE.key() + " is not; set it to the file that the TURN server's"
                    + " --shared-secret-file names");
        }
        for (Parameter parameter : FILES) {
            String path = settings.get(parameter);
            String fault = path.isEmpty() ? "" : faultOf(Paths.get(path));
            if (!fault.isEmpty()) {
                throw new DeploymentRefused(application + ": " + parameter.key() + "=" + path + ": " + fault);
            }
        }
    }

    private static String faultOf(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return "there is no file that can be read; make it, mode 0600, owned by the container's user";
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            String mode = PosixFilePermissions.toString(permissions);
            if (!mode.endsWith("------")) {
                return "others than its owner may use it (" + mode + "); chmod 600 it";
            }
            String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return content.trim().isEmpty() ? "it is empty; write the secret into it" : "";
        } catch (UnsupportedOperationException noModes) {
            return ""; // a file system without modes keeps others out in its own way
        } catch (IOException unreadable) {
            return "it cannot be read: " + unreadable.getMessage();
        }
    }
}
