package org.pinhole.connector.hook;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.pinhole.api.Flow;

/**
 * Who has begun the dialogs of this container's phones. What follows within one comes past application pinhole, and without
 * credentials for our realms, which go no further than the connector: asked again, a phone could not even hang up. It is the
 * same user's because it is on his flow, or on another that was authenticated as his, from the same end of the same dialog. The
 * dialog longest unheard is forgotten for one more than there may be. Safe for any thread.
 */
final class DialogUsers {
    private static final Set<String> BEGIN = Collections.unmodifiableSet(
            new HashSet<>(Arrays.asList(SIPRequest.INVITE, SIPRequest.SUBSCRIBE, SIPRequest.REFER)));
    private static final int MOST = 100_000;

    private final Map<String, AuthenticatedUser> users =
            Collections.synchronizedMap(new LinkedHashMap<String, AuthenticatedUser>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, AuthenticatedUser> eldest) {
                    return size() > MOST;
                }
            });

    /** This user has sent this request; where it begins no dialog, or came on no flow, nothing is noted. */
    void note(SipServletRequestImpl request, AuthenticatedUser user) {
        SIPRequest message = (SIPRequest) request.getMessage();
        String name = BEGIN.contains(message.getMethod()) && message.getToTag() == null ? name(request, message) : null;
        if (name != null) {
            users.put(name, user);
        }
    }

    /** Who sent a request within a dialog that he began on this flow; null for any other. */
    @Nullable
    AuthenticatedUser find(SipServletRequestImpl request) {
        SIPRequest message = (SIPRequest) request.getMessage();
        String name = message.getToTag() == null ? null : name(request, message);
        return name == null ? null : users.get(name);
    }

    private static @Nullable String name(SipServletRequestImpl request, SIPRequest message) {
        Flow flow = RequestFlows.of(request);
        return flow == null || flow.identity() == null
                ? null
                : flow.identity() + ' ' + message.getCallId().getCallId() + ' ' + message.getFromTag();
    }
}
