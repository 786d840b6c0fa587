package org.pinhole.connector.hook;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.connector.hook.Fingerprints.Fingerprint;

/**
 * Who sent the requests that application pinhole has passed on to others in this container. A request is known again by the
 * flow that it first came on, of which its copies bear the mark and no message can bring it about, and by what names it there:
 * only the same phone could send another such. Remembers the last few thousand, which takes milliseconds, each in the same room
 * however long its names are. Safe for any thread.
 */
final class PassedOnUsers {
    private static final int MOST = 10_000;

    private final Fingerprints fingerprints = new Fingerprints();
    private final Map<Fingerprint, AuthenticatedUser> users = new LinkedHashMap<Fingerprint, AuthenticatedUser>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Fingerprint, AuthenticatedUser> eldest) {
            return size() > MOST;
        }
    };

    /** This request, which a phone has sent on that flow, is that user's. */
    void note(Flow flow, SIPRequest request, AuthenticatedUser user) {
        Fingerprint name = name(flow, request);
        if (name != null) {
            synchronized (users) {
                users.remove(name); // so that it counts as young
                users.put(name, user);
            }
        }
    }

    /** Who sent a request that an application has passed on, and that first came on that flow; null when nobody knows. */
    @Nullable
    AuthenticatedUser find(Flow flow, SIPRequest request) {
        Fingerprint name = name(flow, request);
        if (name == null) {
            return null;
        }
        synchronized (users) {
            return users.get(name);
        }
    }

    private @Nullable Fingerprint name(Flow flow, SIPRequest request) {
        if (request.getCallId() == null
                || request.getCSeq() == null
                || request.getViaHeaders() == null
                || request.getViaHeaders().isEmpty()) {
            return null;
        }
        return fingerprints.of(
                flow.token().text(),
                ((Via) request.getViaHeaders().getLast()).getBranch(), // the phone's: an edge brings several phones
                request.getCallId().getCallId(),
                request.getFromTag(),
                request.getToTag(),
                Long.toString(request.getCSeq().getSeqNumber()),
                request.getMethod());
    }
}
