/** HTTP Digest from the client's side (RFC 7616, 8760), the same for a SIP server and an HTTP proxy. Pure. */
package org.pinhole.ue.digest;
