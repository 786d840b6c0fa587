package org.pinhole.ue.digest;

import java.util.Arrays;

/** What of a request an answer covers: its method, the URI it is proven for, and its body. */
public final class DigestRequest {
    private final String method;
    private final String uri;
    private final byte[] body;

    private DigestRequest(String method, String uri, byte[] body) {
        this.method = method;
        this.uri = uri;
        this.body = body.clone();
    }

    /** A request without a body. */
    public static DigestRequest of(String method, String uri) {
        return new DigestRequest(method, uri, new byte[0]);
    }

    public static DigestRequest of(String method, String uri, byte[] body) {
        return new DigestRequest(method, uri, body);
    }

    String method() {
        return method;
    }

    String uri() {
        return uri;
    }

    byte[] body() {
        return Arrays.copyOf(body, body.length);
    }

    @Override
    public String toString() {
        return method + " " + uri;
    }
}
