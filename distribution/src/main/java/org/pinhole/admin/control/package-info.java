/** Talks to a running container through the control port that its connectors keep open on the loopback address. */
package org.pinhole.admin.control;
