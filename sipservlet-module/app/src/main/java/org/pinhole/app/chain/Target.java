package org.pinhole.app.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where a request goes: the Request-URI it gets, and the Route that leads there, next hop first. Immutable. */
public final class Target {
    private final String uri;
    private final List<String> routes;

    private Target(String uri, List<String> routes) {
        this.uri = uri;
        this.routes = Collections.unmodifiableList(new ArrayList<>(routes));
    }

    /** A target with this Request-URI and Route. */
    public static Target of(String uri, List<String> routes) {
        return new Target(uri, routes);
    }

    /** The Request-URI. */
    public String uri() {
        return uri;
    }

    /** The URIs of the Route, next hop first. */
    public List<String> routes() {
        return routes;
    }

    /** The Request-URI only: the Route names a flow. */
    @Override
    public String toString() {
        return uri;
    }
}
