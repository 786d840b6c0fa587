package org.pinhole.bench.load;

import org.jspecify.annotations.Nullable;

/** What a scenario hears of its phones; called on the phone's event loop. */
public interface PhoneEvents {
    /** TLS stands. */
    default void opened(Phone phone) {}

    /** A pong, so long after its ping. */
    default void pong(Phone phone, long nanos) {}

    /** A response to the request under this one of the phone's Call-IDs, so long after it. */
    default void response(Phone phone, int slot, int status, long nanos) {}

    /**
     * A 401 to the request under this Call-ID. For who answers no challenges it is a response as any other.
     *
     * @param text the whole response
     */
    default void challenged(Phone phone, int slot, String text, long nanos) {
        response(phone, slot, 401, nanos);
    }

    /**
     * The connection is gone, or never came to be.
     *
     * @param why the fault, or null when it was simply closed
     */
    default void closed(Phone phone, @Nullable Throwable why) {}
}
