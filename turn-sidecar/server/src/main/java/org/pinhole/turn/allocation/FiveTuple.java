package org.pinhole.turn.allocation;

import java.net.InetSocketAddress;

/** "The client's IP address and port, the server's IP address and port, and the transport protocol" (RFC 8656 §2). */
public record FiveTuple(TransportProtocol transport, InetSocketAddress client, InetSocketAddress server) {}
