/** The conformance table: which test proves which requirement, read from the tests' tags. */
package org.pinhole.suite.conformance;
