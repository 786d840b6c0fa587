package org.pinhole.ue.sip;

import java.util.concurrent.CompletableFuture;

/** Makes the session description that a call which comes is answered with (RFC 3264). */
public interface Answerer {
    /**
     * The answer to the offer in this INVITE. Called on the UE's loop, which must not be blocked; what fails the future is
     * answered 488.
     */
    CompletableFuture<String> answer(SipRequest invite);

    /** The call that this INVITE began is over, however far it came. Called on the UE's loop, which must not be blocked. */
    default void ended(SipRequest invite) {}
}
