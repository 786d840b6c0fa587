package org.pinhole.bridge;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to an application that wants its users authenticated. JDK types only; used by the thread that asks. */
public interface DigestQuestion {
    /** The realm that the application declares; empty when it declares none. */
    String realm();

    /** Whether the application asks as a proxy (407) or as the server itself (401). */
    boolean proxy();

    /** The request's method. */
    String method();

    /** The Request-URI's text. */
    String requestUri();

    /** The values of the header fields of that name. */
    List<String> headers(String name);

    /** The octets of the body as they were received. */
    byte[] body();

    /** The token of the flow that it came on, or null when it came on another connector. */
    @Nullable
    String flowToken();

    /** Whether that flow is an edge's before ours, with many phones' requests on it. */
    default boolean isByAnEdge() {
        return false;
    }

    /** Where it came from. */
    InetSocketAddress remoteAddress();

    /** Where it arrived. */
    InetSocketAddress localAddress();
}
