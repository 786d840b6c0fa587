package org.pinhole.ue.discovery;

/** One SRV record (RFC 2782). */
public record SrvRecord(int priority, int weight, int port, String target) {}
