package org.pinhole.app.chain;

import java.util.List;

/** A response that passes on its way to whoever sent the request, as the steps see it. Used by one thread at a time. */
public interface PassingResponse {
    /** The status code. */
    int status();

    /** The values of the header fields of that name, topmost first; one entry per value. */
    List<String> headers(String name);

    /** Puts these values in place of all header fields of that name; none removes them. */
    void setHeaders(String name, List<String> values);
}
