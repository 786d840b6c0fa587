package org.pinhole.ue.sip;

/** What a SIP stream consists of (RFC 5626 §3.5.1). */
public sealed interface SipFrame {
    /** A whole message and its text as received. */
    record Message(SipMessage message, String text) implements SipFrame {}

    /** Double CRLF between messages: the far end asks whether we are there. */
    record Ping() implements SipFrame {}

    /** Single CRLF between messages: the answer to our ping. */
    record Pong() implements SipFrame {}
}
