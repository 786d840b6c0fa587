/** TURN for those who are registered here: credentials in the 200 to REGISTER, and the TURN server's look-up of keys. */
package org.pinhole.app.turn;
