package org.pinhole.app.turn;

/** A text is not the JSON that is asked for. The message names the part, and quotes nothing of it. */
final class JsonFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JsonFormatException(String message) {
        super(message);
    }
}
