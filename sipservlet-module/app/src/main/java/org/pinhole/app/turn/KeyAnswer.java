package org.pinhole.app.turn;

/** The answer to a key look-up: an HTTP status, and a body. Immutable. */
public final class KeyAnswer {
    private final int status;
    private final String body;

    private KeyAnswer(int status, String body) {
        this.status = status;
        this.body = body;
    }

    /** The user exists, with these keys. */
    static KeyAnswer known(String json) {
        return new KeyAnswer(200, json);
    }

    /** There is no such user in that realm. */
    static KeyAnswer unknownUser() {
        return new KeyAnswer(404, "");
    }

    /** The user's registration is over, and with it what that opened. */
    static KeyAnswer ended() {
        return new KeyAnswer(410, "");
    }

    /** The store cannot say; to be asked again. */
    static KeyAnswer unavailable() {
        return new KeyAnswer(503, "");
    }

    /** The question is wrong, for this reason. */
    public static KeyAnswer refused(int status, String reason) {
        return new KeyAnswer(status, reason);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** JSON in a 200, else a line for the operator, or nothing. */
    public String body() {
        return body;
    }

    /** The status only: the body holds keys. */
    @Override
    public String toString() {
        return String.valueOf(status);
    }
}
