/** The TURN server as a process: what the operator may say, the wiring of the stations, start and stop. */
package org.pinhole.turn;
