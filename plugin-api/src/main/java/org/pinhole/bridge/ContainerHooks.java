package org.pinhole.bridge;

import org.jspecify.annotations.Nullable;

/**
 * What the container tells us, in the order in which it happens. Container objects are typed Object: the implementation
 * lives in a child of the container's class loader and knows their real types, the caller does not.
 */
public interface ContainerHooks {
    /**
     * An application's listeners and servlets are about to start.
     *
     * @param context the container's SIP context
     */
    void applicationStarting(Object context);

    /**
     * An application is about to be added to the dispatcher. What it asks for is checked, and opened if the service is up.
     *
     * @throws DeploymentRefused when a {@code pinhole.*} parameter of it is wrong, or cannot be had
     */
    void applicationAdding(Object dispatcher, Object context);

    /** An application was removed; what was opened for it must close. */
    void applicationRemoved(Object dispatcher, String applicationName);

    /** The container's SIP service is up: connectors may be added from now on. */
    void serviceStarted(Object service);

    /**
     * Whether a request is one that an application of this container has passed on to the next.
     *
     * @param request the stack's request as it is received, which still bears the mark of the channel that it first came on; or
     *     the SIP servlet request that an application was given
     */
    boolean isPassedOn(Object request);

    /**
     * A request is about to be given to applications.
     *
     * @param request the container's SIP servlet request
     */
    void requestArrived(Object request);

    /**
     * A request is about to reach a servlet, and the container asks whether it may.
     *
     * @param request the container's SIP request
     * @return null to leave the question to the container, else the answer; a refused request has its response by then
     */
    @Nullable
    Boolean authorize(Object request);

    /**
     * The stack tells the container that a transaction has ended, which it does before it sends the answer that ends it.
     *
     * @param dispatcher the container's listener
     * @param transactionTerminated the stack's event
     * @return whether the listener is told again, when the message that is being processed here has been
     */
    boolean isForLater(Object dispatcher, Object transactionTerminated);

    /**
     * An application of ours knows who sent a request, and passes it on to the next application.
     *
     * @param request the container's SIP request
     */
    void authenticated(Object request, String user, String realm);

    /**
     * Takes all Routes off a request that an application of ours is about to send another way.
     *
     * @param request the container's SIP request
     */
    void dropRoute(Object request);

    /**
     * Answers a request within a dialog that an application of ours does not let pass, which ends nothing: a dialog least of all.
     *
     * @param request the container's SIP request
     * @return whether it was answered
     */
    boolean refuse(Object request, int status, String reason);

    /** Who answers questions about users from now on; null when nobody does any more. */
    void verifier(@Nullable DigestVerifier verifier);

    /**
     * The channel on which a request must leave, where it is ours to say.
     *
     * @param stack the SIP stack
     * @param hop the next hop that the stack has chosen
     * @return the message channel, or null when the hop is none of our connectors
     */
    @Nullable
    Object channelFor(Object stack, Object hop);

    /** Whether a request of the container arrived on one of our flows, or is on its way to one. */
    boolean isOfAFlow(Object request);
}
