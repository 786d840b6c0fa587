package org.pinhole.connector.keepalive;

import org.jspecify.annotations.Nullable;

/** What was negotiated on one flow: its life, and for which dialogs. Made with the flow. Safe for any thread. */
public final class FlowKeep {
    /** A longer name of a registration or dialog is kept by nobody: its keep-alives are not watched, or not granted. */
    private static final int LONGEST_NAME = 1024;

    private final FlowLife life;
    private final DialogKeeps dialogs = new DialogKeeps();

    /** Nothing is negotiated yet. */
    public FlowKeep(FlowLife life) {
        this.life = life;
    }

    /** How long the flow may be silent. */
    public FlowLife life() {
        return life;
    }

    void registered(String aor, @Nullable String value, long now) {
        if (value == null) {
            life.ceased("registration " + aor);
        } else if (aor.length() <= LONGEST_NAME) {
            life.agreed("registration " + aor, Integer.parseInt(value), now);
        }
    }

    /** Whether the offer of this request holds for its dialog, which then lives by it. */
    boolean accepts(String dialog, long cseq, String value, long now) {
        if (dialog.length() > LONGEST_NAME || !dialogs.accept(dialog, cseq)) {
            return false;
        }
        life.agreed(dialog, Integer.parseInt(value), now);
        for (String oldest = dialogs.evict(); oldest != null; oldest = dialogs.evict()) {
            life.ceased(oldest);
        }
        return true;
    }

    void ended(String dialog) {
        if (dialogs.ended(dialog)) {
            life.ceased(dialog);
        }
    }
}
