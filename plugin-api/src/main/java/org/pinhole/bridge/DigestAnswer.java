package org.pinhole.bridge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What came of a question: the user, or the response that the request gets instead of the application's. Immutable. */
public final class DigestAnswer {
    private final String user;
    private final String realm;
    private final String uri;
    private final int status;
    private final String reason;
    private final List<String[]> headers;

    private DigestAnswer(String user, String realm, String uri, int status, String reason, List<String[]> headers) {
        this.user = user;
        this.realm = realm;
        this.uri = uri;
        this.status = status;
        this.reason = reason;
        this.headers = Collections.unmodifiableList(new ArrayList<>(headers));
    }

    /** The request is this user's, whose address-of-record is that URI. */
    public static DigestAnswer authentic(String user, String realm, String uri) {
        return new DigestAnswer(user, realm, uri, 0, "", Collections.emptyList());
    }

    /**
     * The request is answered so.
     *
     * @param headers pairs of a name and a value, in their order
     */
    public static DigestAnswer refused(int status, String reason, List<String[]> headers) {
        return new DigestAnswer("", "", "", status, reason, headers);
    }

    /** Whether the user is known. */
    public boolean isAuthentic() {
        return status == 0;
    }

    /** The user's name. */
    public String user() {
        return user;
    }

    /** The user's realm. */
    public String realm() {
        return realm;
    }

    /** The user's address-of-record. */
    public String uri() {
        return uri;
    }

    /** The status of the response. */
    public int status() {
        return status;
    }

    /** Its reason phrase. */
    public String reason() {
        return reason;
    }

    /** Its header fields: pairs of a name and a value. */
    public List<String[]> headers() {
        return headers;
    }
}
