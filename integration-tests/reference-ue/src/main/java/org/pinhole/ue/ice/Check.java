package org.pinhole.ue.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A Binding request as ICE uses it (RFC 8445 §7.1), out of the wire or on its way there.
 *
 * @param controlling the role of who sends it
 * @param nominates whether it carries USE-CANDIDATE
 */
record Check(String username, long priority, boolean controlling, long tieBreaker, boolean nominates) {
    /** What a check was answered: an address, or an error. */
    record Answer(int errorCode, @Nullable InetSocketAddress mapped) {}
}
