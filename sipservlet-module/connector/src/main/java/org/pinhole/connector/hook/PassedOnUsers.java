package org.pinhole.connector.hook;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sip.message.Message;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.connector.transport.Arrivals;

/**
 * Who sent the requests that application pinhole has passed on to others in this container. A request is known again by the
 * flow that it first came on, of which its copies bear the mark and no message can bring it about, and by what names it there:
 * only the same phone could send another such. Remembers the last few thousand, which takes milliseconds. Safe for any thread.
 */
final class PassedOnUsers {
    private static final int MOST = 10_000;

    private final Map<String, AuthenticatedUser> users = new LinkedHashMap<String, AuthenticatedUser>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AuthenticatedUser> eldest) {
            return size() > MOST;
        }
    };

    /** This request, which came on a flow, is that user's; on another connector nothing is noted. */
    void note(Message request, AuthenticatedUser user) {
        String name = name(request);
        if (name != null) {
            synchronized (users) {
                users.remove(name); // so that it counts as young
                users.put(name, user);
            }
        }
    }

    /** Who sent a request that an application has passed on; null for any other, one that a B2BUA has made included. */
    @Nullable
    AuthenticatedUser find(Message request) {
        String name =
                request instanceof SIPRequest && TlsClientChain.isPassedOn((SIPRequest) request) ? name(request) : null;
        if (name == null) {
            return null;
        }
        synchronized (users) {
            return users.get(name);
        }
    }

    private static @Nullable String name(Message message) {
        if (!(message instanceof SIPRequest)) {
            return null;
        }
        SIPRequest request = (SIPRequest) message;
        Flow flow = Arrivals.flowOf(request.getMessageChannel());
        return flow == null || request.getCallId() == null || request.getCSeq() == null
                ? null
                : flow.token().text()
                        + ' '
                        + request.getCallId().getCallId()
                        + ' '
                        + request.getFromTag()
                        + ' '
                        + request.getCSeq().getSeqNumber()
                        + ' '
                        + request.getMethod();
    }
}
