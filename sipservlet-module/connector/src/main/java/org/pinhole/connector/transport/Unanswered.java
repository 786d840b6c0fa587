package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The requests that have gone to one phone and have no final answer. When its flow ends there will be none, and nobody should
 * have to wait for that as long as a transaction lasts (RFC 5626 §5.3.1): each is told at once. Bounded, the oldest is left to
 * its transaction's own timer. Safe for any thread.
 */
final class Unanswered {
    private static final int CAPACITY = 256;

    private final Map<String, Runnable> failures = new LinkedHashMap<>();

    /** A request that is about to leave; {@code flowFailed} is told if its flow ends first. */
    synchronized void add(SIPRequest request, Consumer<SIPRequest> flowFailed) {
        failures.put(
                transaction(request.getTopmostVia().getBranch(), request.getMethod()),
                () -> flowFailed.accept(request));
        if (failures.size() > CAPACITY) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    /** It did not leave after all. */
    synchronized void remove(SIPRequest request) {
        failures.remove(transaction(request.getTopmostVia().getBranch(), request.getMethod()));
    }

    /** A response from the phone. */
    synchronized void answered(SIPResponse response) {
        if (response.getStatusCode() >= 200 && response.getTopmostVia() != null && response.getCSeq() != null) {
            failures.remove(transaction(
                    response.getTopmostVia().getBranch(), response.getCSeq().getMethod()));
        }
    }

    /** The flow has ended. */
    void fail() {
        List<Runnable> all;
        synchronized (this) {
            all = new ArrayList<>(failures.values());
            failures.clear();
        }
        all.forEach(Runnable::run);
    }

    private static String transaction(String branch, String method) {
        return branch + ' ' + method;
    }
}
