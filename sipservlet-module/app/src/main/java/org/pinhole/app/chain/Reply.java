package org.pinhole.app.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A final response to be: status, reason phrase and header fields in order. Immutable. */
public final class Reply {
    private final int status;
    private final String reason;
    private final List<Header> headers;
    private final String bodyType;
    private final String body;

    private Reply(int status, String reason, List<Header> headers, String bodyType, String body) {
        this.status = status;
        this.reason = reason;
        this.headers = Collections.unmodifiableList(headers);
        this.bodyType = bodyType;
        this.body = body;
    }

    /** A response without header fields of its own. */
    public static Reply of(int status, String reason) {
        return new Reply(status, reason, new ArrayList<>(), "", "");
    }

    /** The same with one more header field. */
    public Reply with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Reply(status, reason, more, bodyType, body);
    }

    /** The same with a body. */
    public Reply withBody(String type, String text) {
        return new Reply(status, reason, headers, type, text);
    }

    /** The body's Content-Type; empty when there is none. */
    public String bodyType() {
        return bodyType;
    }

    /** The body; empty when there is none. */
    public String body() {
        return body;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** The reason phrase. */
    public String reason() {
        return reason;
    }

    /** The header fields, in the order in which they are to be sent. */
    public List<Header> headers() {
        return headers;
    }

    /** The values of the header fields of that name, in order. */
    public List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                values.add(header.value());
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return status + " " + reason;
    }

    /** One header field. */
    public static final class Header {
        private final String name;
        private final String value;

        private Header(String name, String value) {
            this.name = name;
            this.value = value;
        }

        /** The field's name. */
        public String name() {
            return name;
        }

        /** The field's value. */
        public String value() {
            return value;
        }
    }
}
