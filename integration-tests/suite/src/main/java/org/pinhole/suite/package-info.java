/** What the integration tests and the demo share. Not shipped. */
package org.pinhole.suite;
