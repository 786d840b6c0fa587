package org.pinhole.ue.sip;

/** The reading half of a flow. Called on the loop only. */
interface LinkListener {
    void message(SipMessage message);

    void pong();

    /** The flow is gone; comes once. */
    void failed(String reason);
}
