package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.pinhole.connector.limit.Newest;

/**
 * The requests that have gone to one phone and have no final answer. When its flow ends there will be none, and nobody should
 * have to wait for that as long as a transaction lasts (RFC 5626 §5.3.1): each is told at once. Bounded in number and in time: the
 * oldest is left to its transaction's own timer, and what that has ended is forgotten. Safe for any thread.
 */
final class Unanswered {
    private static final int CAPACITY = 256;

    /** Timer F, 64*T1 (RFC 3261 §17.1.2.2), with some room: nobody waits for it any longer. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(40);

    /** A phone may ring for as long as a proxy's Timer C lets it (RFC 3261 §16.6). */
    private static final long LONGEST_INVITE_NANOS = TimeUnit.MINUTES.toNanos(6);

    /** Of these at least it is known that they were asked at all: a 2xx may be sent again when it has been answered long ago. */
    private static final int REMEMBERED = 1024;

    private final Newest<String, Waiting> failures = new Newest<>(CAPACITY);
    private final Newest<String, Boolean> asked = new Newest<>(REMEMBERED);

    /** One of them. */
    private static final class Waiting {
        private final SIPRequest request;
        private final long since;
        private final Consumer<SIPRequest> flowFailed;

        Waiting(SIPRequest request, long since, Consumer<SIPRequest> flowFailed) {
            this.request = request;
            this.since = since;
            this.flowFailed = flowFailed;
        }

        boolean isOver(long now) {
            boolean invite = SIPRequest.INVITE.equals(request.getMethod());
            return now - since > (invite ? LONGEST_INVITE_NANOS : LONGEST_NANOS);
        }

        void fail() {
            flowFailed.accept(request);
        }
    }

    /**
     * A request that is about to leave.
     *
     * @param now a {@link System#nanoTime()} value
     * @param flowFailed is told if its flow ends first
     */
    synchronized void add(SIPRequest request, long now, Consumer<SIPRequest> flowFailed) {
        String transaction = transaction(request.getTopmostVia().getBranch(), request.getMethod());
        asked.put(transaction, true);
        failures.removeIf(waiting -> waiting.isOver(now));
        failures.put(transaction, new Waiting(request, now, flowFailed));
    }

    /** It did not leave after all. */
    synchronized void remove(SIPRequest request) {
        failures.remove(transaction(request.getTopmostVia().getBranch(), request.getMethod()));
    }

    /** Whether a response is one to something that the phone was asked. */
    synchronized boolean isAnswer(SIPResponse response) {
        return response.getTopmostVia() != null
                && response.getCSeq() != null
                && asked.contains(transaction(
                        response.getTopmostVia().getBranch(), response.getCSeq().getMethod()));
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
        List<Waiting> all = new ArrayList<>(0);
        synchronized (this) {
            failures.forEach((transaction, waiting) -> all.add(waiting));
            failures.clear();
        }
        all.forEach(Waiting::fail);
    }

    private static String transaction(String branch, String method) {
        return branch + ' ' + method;
    }
}
