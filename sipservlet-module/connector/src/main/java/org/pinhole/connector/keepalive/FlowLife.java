package org.pinhole.connector.keepalive;

import java.util.concurrent.TimeUnit;
import org.pinhole.connector.limit.Newest;

/**
 * How long one flow may be silent (RFC 5626 §5.4, RFC 6223 §5). Each registration and each dialog that negotiated
 * keep-alives on the flow is an association of its own, and the shortest interval among them counts: the end of one does
 * not end what another asked for.
 *
 * <p>Any received byte is life, a sent one is not. A refresh re-negotiates (RFC 6223 §4.2.2), so what was agreed lapses
 * while its REGISTER is unanswered; until then, and for one whole new interval after the answer, nothing expires. All
 * times are {@link System#nanoTime()} values given by the caller. Safe for any thread.
 */
public final class FlowLife {
    /** No keep-alive was negotiated: the flow does not expire by silence. */
    public static final long NEVER = Long.MAX_VALUE;

    /** A request is answered by then or not at all: 64·T1 of RFC 3261. */
    private static final long TRANSACTION_NANOS = TimeUnit.SECONDS.toNanos(32);

    /** What a sender that may choose keeps to at the longest, on battery (RFC 5626 §4.4.1). */
    private static final int SENDERS_CHOICE_SECONDS = 840;

    /** Half of the times that {@link System#nanoTime()} can tell from the past. */
    private static final long FAR = Long.MAX_VALUE / 2;

    /** More registrations and dialogs than any phone has: the one agreed longest ago makes room, and ends nothing. */
    static final int MAX_ASSOCIATIONS = 128;

    private final long graceNanos;
    private final Newest<String, Agreed> agreedByAssociation = new Newest<>(MAX_ASSOCIATIONS);
    private volatile long lastHeard;
    private long notBefore;
    /** Before then none of what was agreed is over: so nobody has to look. */
    private long firstEnd;
    /** The shortest interval of what was agreed, in seconds; -1 when nothing was, 0 when the phone chooses. */
    private int keepSeconds = -1;

    /**
     * A flow that has just opened.
     *
     * @param graceSeconds how late a ping may be; more than the 10 s that a phone waits for its pong
     */
    public FlowLife(int graceSeconds, long now) {
        this.graceNanos = TimeUnit.SECONDS.toNanos(graceSeconds);
        this.lastHeard = now;
        this.notBefore = now;
        this.firstEnd = now + FAR;
    }

    /** What holds for one registration or dialog. */
    private static final class Agreed {
        private final int seconds;
        private final boolean ends;
        private final long endsAt;

        Agreed(int seconds, boolean ends, long endsAt) {
            this.seconds = seconds;
            this.ends = ends;
            this.endsAt = endsAt;
        }

        boolean isOver(long now) {
            return ends && now - endsAt >= 0;
        }
    }

    /** Bytes came from the phone. */
    public void heard(long now) {
        lastHeard = now;
    }

    /** When bytes last came from the phone. */
    public long lastHeard() {
        return lastHeard;
    }

    /** A request that may re-negotiate has arrived and will be answered: what was agreed does not count meanwhile. */
    public synchronized void negotiationBegins(long now) {
        notBefore = later(notBefore, now + TRANSACTION_NANOS + graceNanos);
    }

    /**
     * A response with a value for {@code keep} leaves, which holds until it is said to have ceased.
     *
     * @param association names the registration or the dialog
     * @param seconds the value; 0 leaves the interval to the phone
     */
    public void agreed(String association, int seconds, long now) {
        agreed(association, new Agreed(seconds, false, 0), now);
    }

    /** The same for a registration, with which it ends when that is not refreshed. */
    public void agreed(String association, int seconds, long now, long lastsSeconds) {
        agreed(association, new Agreed(seconds, true, now + TimeUnit.SECONDS.toNanos(lastsSeconds)), now);
    }

    private synchronized void agreed(String association, Agreed agreed, long now) {
        agreedByAssociation.remove(association);
        forgetWhatIsOver(now);
        agreedByAssociation.put(association, agreed);
        firstEnd = agreed.ends ? earlier(firstEnd, agreed.endsAt) : firstEnd;
        findShortest();
        notBefore = now + limitNanos();
    }

    /** A refresh brought no value, or the registration or dialog has ended: its keep-alives cease (§4.2.2). */
    public synchronized void ceased(String association) {
        agreedByAssociation.remove(association);
        findShortest();
    }

    /** What was agreed, in seconds: the shortest; -1 when nothing was, 0 when the phone chooses. */
    public synchronized int keepSeconds() {
        return keepSeconds;
    }

    private void findShortest() {
        keepSeconds = -1;
        agreedByAssociation.forEach((association, agreed) -> {
            boolean shorter = keepSeconds < 0 || interval(agreed.seconds) < interval(keepSeconds);
            keepSeconds = shorter ? agreed.seconds : keepSeconds;
        });
    }

    /** When the flow counts as dead unless something is heard before, or {@link #NEVER}. */
    public synchronized long deadline() {
        return agreedByAssociation.size() == 0 ? NEVER : later(lastHeard + limitNanos(), notBefore);
    }

    /** The same once what has come to its end by now is forgotten: of a registration that has lapsed nobody owes pings. */
    synchronized long deadline(long now) {
        forgetWhatIsOver(now);
        return deadline();
    }

    private void forgetWhatIsOver(long now) {
        if (now - firstEnd < 0) {
            return;
        }
        agreedByAssociation.removeIf(agreed -> agreed.isOver(now));
        firstEnd = now + FAR;
        agreedByAssociation.forEach((association, agreed) -> {
            firstEnd = agreed.ends ? earlier(firstEnd, agreed.endsAt) : firstEnd;
        });
        findShortest();
    }

    /** Whether it is dead by now. */
    public boolean expired(long now) {
        long deadline = deadline(now);
        return deadline != NEVER && now - deadline >= 0;
    }

    private long limitNanos() {
        return TimeUnit.SECONDS.toNanos(interval(keepSeconds)) + graceNanos;
    }

    static int interval(int seconds) {
        return seconds == 0 ? SENDERS_CHOICE_SECONDS : seconds;
    }

    private static long earlier(long one, long other) {
        return later(one, other) == one ? other : one;
    }

    /** Of two nanoTime values, which may be negative and may wrap. */
    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
