/** Puts Pinhole beside an existing container and takes it out again, byte for byte. */
package org.pinhole.admin.install;
