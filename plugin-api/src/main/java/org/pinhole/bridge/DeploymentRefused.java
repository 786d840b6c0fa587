package org.pinhole.bridge;

/** The one exception that advice lets through to the container: it makes a deployment fail, with one line that says why. */
public final class DeploymentRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Refuses with a line that names the parameter, its value and what is allowed. */
    public DeploymentRefused(String message) {
        super(message);
    }
}
