package org.pinhole.app.chain;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;

/** One initial request and the one answer to it, as the steps see them. Used by one thread at a time. */
public interface Exchange {
    /** The request's method, such as {@code REGISTER}. */
    String method();

    /** The Request-URI's text. */
    String requestUri();

    /** The values of the header fields of that name, topmost first; one entry per value. */
    List<String> headers(String name);

    /** Removes all header fields of that name from the request. */
    void removeHeader(String name);

    /** Removes all header fields from the request whose name is one of these. */
    void removeHeaders(Predicate<String> names);

    /** Adds a header field to the request, below those of the same name. */
    void addHeader(String name, String value);

    /** The address that the request came from, as a literal, or null when that is not known. */
    default @Nullable String sourceAddress() {
        return null;
    }

    /** The octets of the body as they were received; empty when there is none. The caller does not change them. */
    byte[] body();

    /** The flow on which the request arrived, or null when it came from elsewhere. */
    @Nullable
    Flow flow();

    /** Who sent the request, once a step has made sure of it; null before. */
    @Nullable
    Identity identity();

    /** From now on the request is known to be sent by this user. */
    void authenticatedAs(Identity identity);

    /** Puts a header field onto the 2xx response, be it ours or one that passes through. */
    default void onSuccess(String name, String value) {
        onSuccess(name, response -> value);
    }

    /** The same, when the value depends on that response. */
    void onSuccess(String name, SuccessHeader header);

    /** Shows every response that passes to whoever sent the request; those that we answer are not among them. */
    void onResponse(ResponseEdit edit);

    /** Answers the request. */
    void reply(Reply reply);

    /**
     * The user part of the URI that led the request to us: of our Route that was taken from it, or for one that came from no
     * phone, of a Request-URI that was a phone's rewritten Contact. Null when there is none. It may be a flow's token.
     */
    @Nullable
    String namedUser();

    /** Sends the request on; the response comes back the same way. */
    void forward(Onward onward);

    /** Sends the request to all phones at once, staying on the path of the dialog that it may make. */
    void fork(TargetSet targets);

    /** Puts these values in place of all header fields of that name; none removes them. */
    default void setHeaders(String name, List<String> values) {
        if (!headers(name).isEmpty()) {
            removeHeader(name);
        }
        values.forEach(value -> addHeader(name, value));
    }

    /** The first value of the header field of that name, or null. */
    default @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** The flow of a request that has passed the step that requires one. */
    default Flow requireFlow() {
        Flow flow = flow();
        if (flow == null) {
            throw new IllegalStateException("a " + method() + " without a flow went past the step that requires one");
        }
        return flow;
    }
}
