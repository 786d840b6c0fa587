package org.pinhole.connector.keepalive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The dialogs of one flow for which keep-alives were negotiated, each with the request that did it (RFC 6223 §4.2.3): the
 * offer of any later request of that dialog is ignored, and every response to that one request says the same, also one that is
 * sent again when the dialog is over. Bounded: the oldest is forgotten. Safe for any thread.
 *
 * <p>A dialog is named by its Call-ID, the phone's tag and the other side's, in this order.
 */
final class DialogKeeps {
    private static final int CAPACITY = 64;

    private final Map<String, Kept> keptByDialog = new LinkedHashMap<>();

    /** Those whose INVITE was accepted: what becomes of a later request is not their end. */
    private final Set<String> confirmed = Collections.newSetFromMap(new LinkedHashMap<String, Boolean>(4, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > CAPACITY;
        }
    });

    /** What was negotiated for one dialog. */
    private static final class Kept {
        private final long cseq;
        private boolean over;

        Kept(long cseq) {
            this.cseq = cseq;
        }
    }

    /**
     * Whether a response to this request of this dialog accepts its offer; from then on the dialog has its keep-alives.
     *
     * @param cseq the number of the request that offers
     */
    synchronized boolean accept(String dialog, long cseq) {
        return keptByDialog.computeIfAbsent(dialog, first -> new Kept(cseq)).cseq == cseq;
    }

    /** Whether a dialog that has its keep-alives stands. */
    synchronized boolean stands(String dialog) {
        Kept kept = keptByDialog.get(dialog);
        return kept != null && !kept.over;
    }

    /** Takes the dialog that has to make room, or null when there is room. */
    synchronized @Nullable String evict() {
        if (keptByDialog.size() <= CAPACITY) {
            return null;
        }
        String oldest = keptByDialog.keySet().iterator().next();
        keptByDialog.remove(oldest);
        return oldest;
    }

    /** Its INVITE has been accepted, or it has a request that only a dialog with an accepted one has. */
    synchronized void confirmed(String dialog) {
        confirmed.add(dialog);
    }

    /** The dialog has ended; false when nothing was negotiated for it. */
    synchronized boolean ended(String dialog) {
        confirmed.remove(dialog);
        return !end(dialog::equals).isEmpty();
    }

    /** The request that began these dialogs came to nothing, or to another: takes those that nobody has accepted. */
    synchronized List<String> failed(Predicate<String> dialogs) {
        return end(dialog -> dialogs.test(dialog) && !confirmed.contains(dialog));
    }

    private List<String> end(Predicate<String> which) {
        List<String> ended = new ArrayList<>();
        keptByDialog.forEach((dialog, kept) -> {
            if (!kept.over && which.test(dialog)) {
                kept.over = true;
                ended.add(dialog);
            }
        });
        return ended;
    }
}
