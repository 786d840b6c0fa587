package org.pinhole.connector.transport;

/** What becomes of a message that may not enter: an answer for the phone, or none. Immutable. */
final class Refusal {
    /** Nothing is said. */
    static final Refusal DROP = new Refusal(0, "");

    /** All strangers together have as many calls as they may. */
    static final Refusal STRANGERS_CALLS =
            new Refusal(503, "Too Many Calls Of Strangers", StrangersInvites.KEPT_SECONDS);

    private final int status;
    private final String reason;
    private final int retryAfterSeconds;

    Refusal(int status, String reason) {
        this(status, reason, 0);
    }

    /** @param retryAfterSeconds when to try again; 0 when that is not for us to say */
    Refusal(int status, String reason, int retryAfterSeconds) {
        this.status = status;
        this.reason = reason;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Whether others are the reason, and not who sent it. */
    boolean isOfStrangersTogether() {
        return this == STRANGERS_CALLS;
    }

    boolean isAnswered() {
        return status > 0;
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }
}
