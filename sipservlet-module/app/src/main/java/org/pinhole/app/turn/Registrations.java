package org.pinhole.app.turn;

/** Whether a user's registration is over, as far as this process can tell. */
@FunctionalInterface
public interface Registrations {
    /** True only if it was there and is no more; what is not known for sure is not over. From any thread. */
    boolean isOver(String user, String realm);
}
