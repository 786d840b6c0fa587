package org.pinhole.app.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;

/**
 * How a request goes on from an edge: the Route it gets, which of its two sides is a phone, and whether what follows in a
 * dialog that it makes comes past the edge too. Immutable.
 */
public final class Onward {
    private final List<String> routes;
    private final boolean instead;
    private final Flow phone;
    private final boolean towardsPhone;
    private final boolean onPath;

    private Onward(List<String> routes, boolean instead, Flow phone, boolean towardsPhone, boolean onPath) {
        this.routes = Collections.unmodifiableList(new ArrayList<>(routes));
        this.instead = instead;
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
        return new Onward(
                nextHop == null ? Collections.emptyList() : Collections.singletonList(nextHop),
                false,
                phone,
                false,
                onPath);
    }

    /** From a phone along these Routes, next hop first, whatever Route the phone has put there; the dialog stays with us. */
    public static Onward along(Flow phone, List<String> routes) {
        return new Onward(routes, true, phone, false, true);
    }

    /** To a phone, over its flow; the dialog stays on that (RFC 5626 §5.3.1). */
    public static Onward to(Flow phone) {
        return new Onward(Collections.singletonList(phone.uri()), false, phone, true, true);
    }

    /** The URIs to put on top of its Route, next hop first. */
    public List<String> routes() {
        return routes;
    }

    /** Whether they stand in place of the Route that there is. */
    public boolean replacesRoute() {
        return instead;
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
