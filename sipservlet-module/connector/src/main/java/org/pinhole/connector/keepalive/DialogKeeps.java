package org.pinhole.connector.keepalive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.pinhole.connector.limit.Newest;

/**
 * The dialogs of one flow for which keep-alives were negotiated, each with the request that did it (RFC 6223 §4.2.3): the
 * offer of any later request of that dialog is ignored, and every response to that one request says the same, also one that is
 * sent again when the dialog is over. Bounded: the oldest is forgotten. Safe for any thread.
 *
 * <p>A dialog is named by its Call-ID, the phone's tag and the other side's, in this order.
 */
final class DialogKeeps {
    private static final int CAPACITY = 64;

    private final Newest<String, Kept> keptByDialog = new Newest<>(CAPACITY);

    /** Those whose INVITE was accepted: what becomes of a later request is not their end. */
    private final Newest<String, Boolean> confirmed = new Newest<>(CAPACITY);

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
     * @param madeRoom told which dialog is forgotten for it, if one is
     */
    synchronized boolean accept(String dialog, long cseq, Consumer<String> madeRoom) {
        Kept kept = keptByDialog.get(dialog);
        if (kept != null) {
            return kept.cseq == cseq;
        }
        String oldest = keptByDialog.put(dialog, new Kept(cseq));
        if (oldest != null) {
            madeRoom.accept(oldest);
        }
        return true;
    }

    /** Whether a dialog that has its keep-alives stands. */
    synchronized boolean stands(String dialog) {
        Kept kept = keptByDialog.get(dialog);
        return kept != null && !kept.over;
    }

    /** Its INVITE has been accepted, or it has a request that only a dialog with an accepted one has. */
    synchronized void confirmed(String dialog) {
        confirmed.put(dialog, true);
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
