/** A TURN client (RFC 8656) over UDP, TCP and TLS, each stream through a CONNECT of its own where a proxy is configured. */
package org.pinhole.ue.turn;
