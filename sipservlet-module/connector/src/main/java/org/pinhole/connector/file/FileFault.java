package org.pinhole.connector.file;

/** Something is wrong with a file; the message names it and says what to do. */
public final class FileFault extends Exception {
    private static final long serialVersionUID = 1L;

    FileFault(String message) {
        super(message);
    }

    FileFault(String message, Throwable cause) {
        super(message, cause);
    }
}
