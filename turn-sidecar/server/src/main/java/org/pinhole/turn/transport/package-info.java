/**
 * The near end of the path: listeners on UDP, TCP and TLS, the framing of streams, and the way back to each client.
 * Native epoll and BoringSSL where they run, NIO and the JDK's TLS where they do not.
 */
package org.pinhole.turn.transport;
