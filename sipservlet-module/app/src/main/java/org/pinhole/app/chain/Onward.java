package org.pinhole.app.chain;

import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;

/**
 * How a request goes on from an edge: the Route it gets, which of its two sides is a phone, and whether what follows in a
 * dialog that it makes comes past the edge too. Immutable.
 */
public final class Onward {
    private final @Nullable String route;
    private final Flow phone;
    private final boolean towardsPhone;
    private final boolean onPath;

    private Onward(@Nullable String route, Flow phone, boolean towardsPhone, boolean onPath) {
        this.route = route;
        this.phone = phone;
        this.towardsPhone = towardsPhone;
        this.onPath = onPath;
    }

    /**
     * From a phone to whoever is next.
     *
     * @param nextHop the URI of its Route, or null: where the Request-URI leads
     * @param onPath whether the dialog is to stay on the phone's flow by a Record-Route (RFC 5626 §5.3.2)
     */
    public static Onward from(Flow phone, @Nullable String nextHop, boolean onPath) {
        return new Onward(nextHop, phone, false, onPath);
    }

    /** To a phone, over its flow; the dialog stays on that (RFC 5626 §5.3.1). */
    public static Onward to(Flow phone) {
        return new Onward(phone.uri(), phone, true, true);
    }

    /** The URI to push as its Route, or null. */
    public @Nullable String route() {
        return route;
    }

    /** The flow of the phone on one side of it. */
    public Flow phone() {
        return phone;
    }

    /** Whether the phone is who gets it. */
    public boolean towardsPhone() {
        return towardsPhone;
    }

    /** Whether the edge stays on the path of a dialog. */
    public boolean onPath() {
        return onPath;
    }
}
