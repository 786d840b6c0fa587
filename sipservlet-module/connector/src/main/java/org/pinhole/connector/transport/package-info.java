/**
 * SIP over TLS inside jain-sip, bytes in and bytes out: listener, framer, message channel, and the write queue of each
 * flow. One event loop owns a connection; the stack's own threads call in from outside.
 */
package org.pinhole.connector.transport;
