/** The registrar of RFC 3261 §10 with the outbound of RFC 5626 §6, and the way from an address-of-record to its phones. */
package org.pinhole.app.registrar;
