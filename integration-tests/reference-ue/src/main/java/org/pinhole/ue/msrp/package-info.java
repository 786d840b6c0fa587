/** MSRP over a connection that somebody else made (RFC 4975, 6714): messages, their chunks and their reports. No sockets. */
package org.pinhole.ue.msrp;
