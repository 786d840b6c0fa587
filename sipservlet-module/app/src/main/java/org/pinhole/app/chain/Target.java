package org.pinhole.app.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.pinhole.api.FlowToken;

/**
 * Where a request goes: the Request-URI it gets, the Route that leads there, next hop first, and the flow at the end of it.
 * Immutable; two targets are never equal, or a phone that has two equal ones would be tried once.
 */
public final class Target {
    private final String uri;
    private final List<String> routes;
    private final FlowToken flow;

    private Target(String uri, List<String> routes, FlowToken flow) {
        this.uri = uri;
        this.routes = Collections.unmodifiableList(new ArrayList<>(routes));
        this.flow = flow;
    }

    /** A target with this Request-URI and Route, over this flow. */
    public static Target of(String uri, List<String> routes, FlowToken flow) {
        return new Target(uri, routes, flow);
    }

    /** The Request-URI. */
    public String uri() {
        return uri;
    }

    /** The URIs of the Route, next hop first. */
    public List<String> routes() {
        return routes;
    }

    /** The flow that the request leaves on. */
    public FlowToken flow() {
        return flow;
    }

    /** The Request-URI only: the Route names a flow. */
    @Override
    public String toString() {
        return uri;
    }
}
