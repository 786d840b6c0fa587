package org.pinhole.connector.transport;

import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which REGISTERs of one flow that are not answered yet take bindings away: their 200 may list bindings of other phones,
 * and must carry no {@code keep} value all the same (requirement K-7). Bounded. Safe for any thread.
 */
final class Deregistrations {
    private static final int CAPACITY = 32;
    /** Whoever sends longer ones means to fill memory, and hears a {@code keep} value that means nothing. */
    private static final int LONGEST_CALL_ID = 256;

    private final Set<String> unanswered = Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > CAPACITY;
        }
    });

    /** A request from the phone. */
    synchronized void note(SIPRequest request) {
        if (isDeregistration(request) && request.getCallId().getCallId().length() <= LONGEST_CALL_ID) {
            unanswered.add(transaction(request));
        }
    }

    /** Whether this response answers a REGISTER that took bindings away. */
    synchronized boolean answers(SIPResponse response) {
        return !unanswered.isEmpty()
                && response.getCallId() != null
                && response.getCSeq() != null
                && unanswered.contains(transaction(response));
    }

    /** Whether a request takes every binding away that it names, and so starts nothing. */
    static boolean isDeregistration(SIPRequest request) {
        if (!SIPRequest.REGISTER.equals(request.getMethod())) {
            return false;
        }
        ContactList contacts = request.getContactHeaders();
        if (contacts == null || contacts.isEmpty()) {
            return false; // a query leaves what there is
        }
        int common = request.getExpires() == null ? -1 : request.getExpires().getExpires();
        for (Contact contact : contacts) {
            int own = contact.isWildCard() || contact.getExpires() < 0 ? common : contact.getExpires();
            if (own != 0) {
                return false;
            }
        }
        return true;
    }

    private static String transaction(SIPMessage message) {
        return message.getCallId().getCallId() + ' ' + message.getCSeq().getSeqNumber();
    }
}
