/** The main of {@code bin/pinhole install|uninstall|user}: Java 8, because that may be all a container's host has. */
package org.pinhole.admin;
