package org.pinhole.ue.sip;

/** The writing half of a flow. Called on the loop only, so that a ping never lands inside a message (U-4). */
interface SipLink {
    void send(SipMessage message);

    /** Double CRLF, as one write. */
    void ping();

    /** One CRLF, which is half a ping. */
    void lineBreak();
}
