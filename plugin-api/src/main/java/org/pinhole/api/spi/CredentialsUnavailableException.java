package org.pinhole.api.spi;

/** The store cannot say whether the user exists: the client is to come back later (503), not to be refused. */
public final class CredentialsUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** One line that says what was seen and what to do, without any secret. */
    public CredentialsUnavailableException(String message) {
        super(message);
    }
}
