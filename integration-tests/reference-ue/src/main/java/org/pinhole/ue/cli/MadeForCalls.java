package org.pinhole.ue.cli;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is made for calls that come, by Call-ID: kept until it is taken up, and closed where its call ends before that or
 * ended while it was made. Any thread.
 */
final class MadeForCalls<T extends MadeForCalls.Closing> {
    /** What can be closed without a word. */
    interface Closing {
        void close();
    }

    private final Set<String> standing = ConcurrentHashMap.newKeySet();
    private final Map<String, T> made = new ConcurrentHashMap<>();

    /** A call came for which something will be made. */
    void begun(String callId) {
        standing.add(callId);
    }

    void made(String callId, T what) {
        made.put(callId, what);
        if (!standing.contains(callId)) {
            discard(callId);
        }
    }

    /** From now on it is the taker's to close; null where the call is over. */
    @Nullable
    T take(String callId) {
        return made.remove(callId);
    }

    void over(String callId) {
        standing.remove(callId);
        discard(callId);
    }

    private void discard(String callId) {
        T left = made.remove(callId);
        if (left != null) {
            left.close();
        }
    }
}
