/** The premain program and the loading of the connector. Links no type of the container. */
package org.pinhole.agent;
