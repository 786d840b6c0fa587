package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The branches of the INVITEs that a stranger sent lately: an ACK or CANCEL of his belongs to one of them, or is nothing. */
final class PendingInvites {
    private static final int CAPACITY = 16;
    private static final int LONGEST_BRANCH = 128;

    private final Set<String> branches = Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > CAPACITY;
        }
    });

    synchronized void add(SIPRequest invite) {
        String branch = invite.getTopmostVia().getBranch();
        if (branch != null && branch.length() <= LONGEST_BRANCH) {
            branches.add(branch);
        }
    }

    synchronized boolean contains(SIPRequest request) {
        String branch = request.getTopmostVia().getBranch();
        return branch != null && branches.contains(branch);
    }
}
