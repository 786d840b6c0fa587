/** The P-CSCF of an IMS core (TS 24.229 5.2): what a registration grants to a flow, and what that is worth afterwards. */
package org.pinhole.app.pcscf;
