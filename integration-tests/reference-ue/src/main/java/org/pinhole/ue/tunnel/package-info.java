/**
 * The way out: HTTP CONNECT where a proxy is configured (RFC 2817 §5.2), then TLS with the edge itself. What comes out is
 * a pair of byte streams; nothing here knows SIP.
 */
package org.pinhole.ue.tunnel;
