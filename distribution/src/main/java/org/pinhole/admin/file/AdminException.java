package org.pinhole.admin.file;

/** What an operator has to know, in one line: what was seen and what to do. */
public final class AdminException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Ends the command with this line. */
    public AdminException(String message) {
        super(message);
    }
}
