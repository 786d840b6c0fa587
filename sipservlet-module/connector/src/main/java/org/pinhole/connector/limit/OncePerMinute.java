package org.pinhole.connector.limit;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Decides what is worth a line in the log: one a minute for each whom it is about, with the number of those that were held
 * back before. Of bounded size, and so are the lines: what would be about more of them in one minute is held back too, and counted
 * with the next line of any. Any thread.
 *
 * @param <W> whom lines are about: a source, an account
 */
public final class OncePerMinute<W> {
    /** Not now. */
    public static final long HELD_BACK = -1;

    static final int MOST = 256;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    /** In the order in which their minutes began. */
    private final Map<W, Minute> minutes = new LinkedHashMap<>();

    private long heldBackOfOthers;

    /** @param nanoTime a clock that only goes forward, such as {@code System::nanoTime} */
    public OncePerMinute(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How many were held back since the last line, when this one may be written; else {@link #HELD_BACK}. */
    public synchronized long heldBackBefore(W whom) {
        long now = nanoTime.getAsLong();
        Minute minute = minutes.get(whom);
        if (minute != null && now - minute.begin < MINUTE) {
            minute.heldBack++;
            return HELD_BACK;
        }
        long heldBack = minute == null ? 0 : minute.heldBack;
        minutes.remove(whom);
        forgetThoseThatAreOver(now);
        if (minutes.size() >= MOST) {
            heldBackOfOthers++;
            return HELD_BACK;
        }
        minutes.put(whom, new Minute(now));
        heldBack += heldBackOfOthers;
        heldBackOfOthers = 0;
        return heldBack;
    }

    private void forgetThoseThatAreOver(long now) {
        Iterator<Minute> eldest = minutes.values().iterator();
        while (eldest.hasNext()) {
            Minute minute = eldest.next();
            if (now - minute.begin < MINUTE) {
                return;
            }
            heldBackOfOthers += minute.heldBack;
            eldest.remove();
        }
    }

    /** One's. */
    private static final class Minute {
        private final long begin;
        private long heldBack;

        Minute(long begin) {
            this.begin = begin;
        }
    }
}
