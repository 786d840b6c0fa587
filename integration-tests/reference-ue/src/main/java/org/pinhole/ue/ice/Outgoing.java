package org.pinhole.ue.ice;

import java.net.InetSocketAddress;

/** Something to send: from this base, to that address. The bytes belong to who gets it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Outgoing(Base base, InetSocketAddress to, byte[] bytes) {}
