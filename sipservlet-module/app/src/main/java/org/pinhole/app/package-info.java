/** The SIP servlet application pinhole.war: the rim to the container, and the wiring of the request chain. */
package org.pinhole.app;
