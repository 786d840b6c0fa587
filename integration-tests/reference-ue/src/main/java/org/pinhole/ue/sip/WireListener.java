package org.pinhole.ue.sip;

import java.time.Instant;

/**
 * Sees what travels inside TLS, as text and in order: whole messages, {@code CRLFCRLF} for a ping, {@code CRLF} for a
 * pong. Digest responses are in it, passwords never. Called on the UE's threads: return soon.
 */
public interface WireListener {
    void sent(Instant at, String text);

    void received(Instant at, String text);

    /** Looks away. */
    WireListener NONE = new WireListener() {
        @Override
        public void sent(Instant at, String text) {}

        @Override
        public void received(Instant at, String text) {}
    };
}
