package org.pinhole.suite.proxy;

/**
 * One line of the proxy's access log.
 *
 * @param target the authority of the CONNECT, as the client wrote it
 * @param status what the proxy answered
 * @param bytesUp octets carried from the client so far
 * @param bytesDown octets carried to the client so far
 */
public record AccessLogEntry(String target, int status, long bytesUp, long bytesDown) {}
