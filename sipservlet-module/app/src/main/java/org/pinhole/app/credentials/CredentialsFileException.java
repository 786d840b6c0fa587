package org.pinhole.app.credentials;

/** A line of a credentials file is malformed. */
final class CredentialsFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CredentialsFileException(int lineNumber, String expected) {
        super("line " + lineNumber + ": " + expected);
    }
}
