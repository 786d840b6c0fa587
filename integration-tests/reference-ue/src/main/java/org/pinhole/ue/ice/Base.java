package org.pinhole.ue.ice;

/** What a check leaves from and arrives at: a socket, a TCP listener, a relay. Compared by identity. */
public interface Base {
    /** Whether what is sent arrives or the connection ends, so that nothing is sent twice. */
    boolean reliable();
}
