package org.pinhole.connector.keepalive;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dialogs of one flow for which keep-alives were negotiated, each with the request that did it (RFC 6223 §4.2.3): the
 * offer of any later request of that dialog is ignored, and every response to that one request says the same. Bounded: the
 * oldest is forgotten. Safe for any thread.
 */
final class DialogKeeps {
    private static final int CAPACITY = 64;

    private final Map<String, Long> requestByDialog = new LinkedHashMap<>();

    /**
     * Whether a response to this request of this dialog accepts its offer; from then on the dialog has its keep-alives.
     *
     * @param dialog Call-ID and both tags
     * @param cseq the number of the request that offers
     */
    synchronized boolean accept(String dialog, long cseq) {
        Long first = requestByDialog.putIfAbsent(dialog, cseq);
        return first == null || first == cseq;
    }

    /** Takes the dialog that has to make room, or null when there is room. */
    synchronized @Nullable String evict() {
        if (requestByDialog.size() <= CAPACITY) {
            return null;
        }
        String oldest = requestByDialog.keySet().iterator().next();
        requestByDialog.remove(oldest);
        return oldest;
    }

    /** The dialog has ended; false when nothing was negotiated for it. */
    synchronized boolean ended(String dialog) {
        return requestByDialog.remove(dialog) != null;
    }
}
