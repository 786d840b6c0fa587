package org.pinhole.connector.hook;

import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.pinhole.bridge.DeploymentRefused;
import org.pinhole.connector.file.PrivateFile;

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
            String fault = path.isEmpty() ? "" : PrivateFile.faultOf(Paths.get(path));
            if (!fault.isEmpty()) {
                throw new DeploymentRefused(application + ": " + parameter.key() + "=" + path + ": " + fault);
            }
        }
    }
}
