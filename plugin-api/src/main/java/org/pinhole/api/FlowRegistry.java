package org.pinhole.api;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The flows of this container. A SIP application finds it as the servlet context attribute {@link #ATTRIBUTE}, which is
 * set before the application's listeners and servlets start. Safe for any thread.
 */
public interface FlowRegistry {
    /** The servlet context attribute under which the registry is found; absent when the agent is. */
    String ATTRIBUTE = "org.pinhole.api.FlowRegistry";

    /**
     * The servlet context attribute under which an application that asks for Pinhole finds its own effective {@code
     * pinhole.*} settings, defaults filled in and paths absolute: a {@code Map<String, String>} that never changes, set
     * before the application's listeners and servlets start. What {@link Flow#settings()} says, for code that has no
     * flow. Absent when the settings are wrong; the deployment then fails with a line that says so.
     */
    String SETTINGS_ATTRIBUTE = "org.pinhole.settings";

    /** The open flow of that name; null when the token is not genuine, or its connection has ended. */
    @Nullable
    Flow find(FlowToken token);

    /**
     * What a text in the user part of a URI that leads to us is: what a request with it in its Route is to be answered.
     *
     * @param uriUser the user part, null when there is none
     */
    Standing standing(@Nullable String uriUser);

    /** What a text in a token's place turns out to be. */
    enum Standing {
        /** A name, or nothing: no flow is meant. */
        NO_TOKEN,
        /** The token of a flow that is open; {@link #find} has it. */
        OPEN,
        /** A token that was made by us or for us, of a flow that is open no more or not here: 430. */
        GONE,
        /** Made by nobody who has our keys, or altered: 403. */
        FORGED
    }

    /**
     * The flow on which a phone has sent a request, or null when it did not arrive on a Pinhole connector. The same for every
     * application that it visits, as long as those before only pass it on: behind a B2BUA, which makes a new one, it is null.
     *
     * @param sipServletRequest a {@code javax.servlet.sip.SipServletRequest} of this container (typed as Object because
     *     this module uses JDK types only)
     */
    @Nullable
    Flow flowOf(Object sipServletRequest);

    /** The flows that are open now. A snapshot. */
    Collection<Flow> flows();

    /** From now on tells this listener of flows that open and of flows that end. Adding it twice does nothing. */
    void addListener(FlowListener listener);

    /** No longer tells this listener. */
    void removeListener(FlowListener listener);
}
