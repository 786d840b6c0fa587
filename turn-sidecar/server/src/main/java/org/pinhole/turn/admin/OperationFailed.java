package org.pinhole.turn.admin;

/** Why something could not be done, in one line for the operator. */
public final class OperationFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public OperationFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
