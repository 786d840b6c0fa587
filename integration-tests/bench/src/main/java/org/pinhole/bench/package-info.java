/** Measures what a user of the connector would feel, beside what else there is. Prints figures; asserts nothing. */
package org.pinhole.bench;
