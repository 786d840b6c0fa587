/** The thread on which state lives, with its clock and its timers. */
package org.pinhole.ue.loop;
