package org.pinhole.turn.allocation;

/**
 * What users, and all of them together, may hold and send. Called on every event loop at once: implementations are
 * thread-safe, never block, and answer at once, since {@link Share#admits} is asked for every packet.
 */
public interface Quota {

    /**
     * Counts one more allocation of a user.
     *
     * @throws org.pinhole.stun.StunException 486 when the user has enough, 508 when the server has
     */
    Share open(String username);

    /** What one allocation holds of its user's and the server's quota, until it is closed, once. */
    interface Share {

        /** Whether a datagram of so many bytes of user data may be relayed now, in either direction; else it is dropped. */
        boolean admits(int bytes);

        /**
         * Counts bytes of a TCP data connection that have been read, in either direction, and says for how long nothing
         * more may be read of it: nanoseconds, 0 for at once.
         */
        long pauseNanos(int bytes);

        /**
         * Counts one more peer connection (RFC 6062).
         *
         * @throws org.pinhole.stun.StunException 486 or 508 when there are enough
         */
        void openConnection();

        /** Gives back what {@link #openConnection} took. */
        void closeConnection();

        /** Gives the allocation back; its connections have been before. */
        void close();
    }
}
