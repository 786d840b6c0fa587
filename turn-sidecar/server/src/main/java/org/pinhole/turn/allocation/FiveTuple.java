package org.pinhole.turn.allocation;

import java.net.InetSocketAddress;

/**
 * "The client's IP address and port, the server's IP address and port, and the transport protocol" (RFC 8656 §2). Compared
 * without the zone of a link-local address, as Java does: two clients with one such address and port on two interfaces, which
 * are neighbours with a MAC address or a choice in common, are one.
 */
public record FiveTuple(TransportProtocol transport, InetSocketAddress client, InetSocketAddress server) {}
