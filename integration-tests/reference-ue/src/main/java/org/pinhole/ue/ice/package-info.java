/**
 * A full ICE agent (RFC 8445, 6544, 7675): values and checks without sockets and clocks, and thin sockets around them.
 */
package org.pinhole.ue.ice;
