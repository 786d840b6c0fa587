/**
 * The pure codec of STUN (RFC 8489), TURN (RFC 8656) and TURN for TCP (RFC 6062): bytes to values and back.
 *
 * <p>Nothing here knows a channel, an event loop, a clock or a log. Whatever bytes come in, the one exception that
 * comes out is {@link org.pinhole.stun.StunException}.
 */
package org.pinhole.stun;
