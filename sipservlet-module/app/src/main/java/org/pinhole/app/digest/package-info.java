/** SIP Digest (RFC 7616, RFC 8760): who sent the request, proven once per nonce count. */
package org.pinhole.app.digest;
