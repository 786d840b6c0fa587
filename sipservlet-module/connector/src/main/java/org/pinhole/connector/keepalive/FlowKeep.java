package org.pinhole.connector.keepalive;

import java.util.function.Predicate;
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

    /**
     * A REGISTER that binds, or takes bindings away, has been answered.
     *
     * @param value the interval that was agreed, in seconds; null: none was, or none any more
     * @param lastsSeconds for how long the registration holds, and so what was agreed with it
     */
    void registered(String aor, @Nullable String value, long lastsSeconds, long now) {
        if (value == null) {
            life.ceased("registration " + aor);
        } else if (aor.length() <= LONGEST_NAME) {
            life.agreed("registration " + aor, Integer.parseInt(value), now, lastsSeconds);
        }
    }

    /** Whether the offer of this request holds for its dialog, which then lives by it, unless it is over already. */
    boolean accepts(String dialog, long cseq, String value, long now) {
        if (dialog.length() > LONGEST_NAME || !dialogs.accept(dialog, cseq, life::ceased)) {
            return false;
        }
        if (dialogs.stands(dialog)) {
            life.agreed(dialog, Integer.parseInt(value), now);
        }
        return true;
    }

    /** The dialog stands by an accepted INVITE: only its own end ends it. */
    void confirmed(String dialog) {
        if (dialog.length() <= LONGEST_NAME) {
            dialogs.confirmed(dialog);
        }
    }

    void ended(String dialog) {
        if (dialogs.ended(dialog)) {
            life.ceased(dialog);
        }
    }

    /** What these dialogs were begun for has not come about: those that no accepted INVITE stands behind end. */
    void failed(Predicate<String> which) {
        dialogs.failed(which).forEach(life::ceased);
    }
}
