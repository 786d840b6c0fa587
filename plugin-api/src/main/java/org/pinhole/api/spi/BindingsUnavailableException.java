package org.pinhole.api.spi;

/** The store can neither say nor keep anything now: phones are to come back later (503), not to be refused. */
public final class BindingsUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** One line for the operator that says what was seen and what to do. */
    public BindingsUnavailableException(String message) {
        super(message);
    }
}
