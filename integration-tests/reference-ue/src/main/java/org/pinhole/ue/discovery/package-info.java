/** Where a SIP domain's edges are, by NAPTR and SRV (RFC 3263, 2782). */
package org.pinhole.ue.discovery;
