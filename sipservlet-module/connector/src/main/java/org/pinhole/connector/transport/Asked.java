package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPRequest;

/** A request that asks to be let in, and what is known of who sent it. Immutable. */
final class Asked {
    private final SIPRequest request;
    private final Admission admission;
    private final boolean stranger;
    private final PendingInvites invites;
    private final DialogRoutes routes;

    /**
     * All of it.
     *
     * @param stranger whether it is from somebody who should have been authenticated and was not
     * @param invites the flow's own
     */
    Asked(SIPRequest request, Admission admission, boolean stranger, PendingInvites invites, DialogRoutes routes) {
        this.request = request;
        this.admission = admission;
        this.stranger = stranger;
        this.invites = invites;
        this.routes = routes;
    }

    SIPRequest request() {
        return request;
    }

    boolean is(String method) {
        return method.equals(request.getMethod());
    }

    /** Whether it claims to belong to a dialog. */
    boolean isWithinDialog() {
        return request.getToTag() != null;
    }

    boolean isStrangers() {
        return stranger;
    }

    /** Whether phones are authenticated here. */
    boolean isGuarded() {
        return admission != Admission.OPEN;
    }

    /** Whether those who authenticate them are away. */
    boolean isUnguarded() {
        return admission == Admission.CLOSED;
    }

    PendingInvites invites() {
        return invites;
    }

    /** Whether it goes by a way that this container gave. */
    boolean isOnOurRoute() {
        return routes.lead(request);
    }
}
