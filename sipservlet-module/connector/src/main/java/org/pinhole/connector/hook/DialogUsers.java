package org.pinhole.connector.hook;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.pinhole.api.Flow;

/**
 * Who has begun the dialogs of this container's phones. What follows within one comes past application pinhole, and without
 * credentials for our realms, which go no further than the connector: asked again, a phone could not even hang up. It is the
 * same user's because it is on the same flow, from the same end of the same dialog. Ends with the flow. Safe for any thread.
 */
final class DialogUsers {
    private static final Set<String> BEGIN = Collections.unmodifiableSet(
            new HashSet<>(Arrays.asList(SIPRequest.INVITE, SIPRequest.SUBSCRIBE, SIPRequest.REFER)));

    /** More than one user's dialogs at a time; an edge's flow has many users. The one longest unheard is forgotten. */
    private static final int MOST_ON_A_FLOW = 1024;

    private final Map<Flow, Map<String, AuthenticatedUser>> byFlow = Collections.synchronizedMap(new WeakHashMap<>());

    /** This user has sent this request; where it begins no dialog, or came on no flow, nothing is noted. */
    void note(SipServletRequestImpl request, AuthenticatedUser user) {
        SIPRequest message = (SIPRequest) request.getMessage();
        Flow flow = BEGIN.contains(message.getMethod()) && message.getToTag() == null ? RequestFlows.of(request) : null;
        if (flow != null) {
            byFlow.computeIfAbsent(flow, first -> Collections.synchronizedMap(new Dialogs()))
                    .put(name(message), user);
        }
    }

    /** Who sent a request within a dialog that he began on this flow; null for any other. */
    @Nullable
    AuthenticatedUser find(SipServletRequestImpl request) {
        SIPRequest message = (SIPRequest) request.getMessage();
        Flow flow = message.getToTag() == null ? null : RequestFlows.of(request);
        Map<String, AuthenticatedUser> dialogs = flow == null ? null : byFlow.get(flow);
        return dialogs == null ? null : dialogs.get(name(message));
    }

    private static String name(SIPRequest message) {
        return message.getCallId().getCallId() + ' ' + message.getFromTag();
    }

    private static final class Dialogs extends LinkedHashMap<String, AuthenticatedUser> {
        private static final long serialVersionUID = 1L;

        Dialogs() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AuthenticatedUser> eldest) {
            return size() > MOST_ON_A_FLOW;
        }
    }
}
