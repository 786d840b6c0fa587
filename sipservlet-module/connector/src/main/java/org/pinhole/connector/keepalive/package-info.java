/** Keep-alive negotiation (RFC 6223) as pure decisions: which response gets a value, and which. */
package org.pinhole.connector.keepalive;
