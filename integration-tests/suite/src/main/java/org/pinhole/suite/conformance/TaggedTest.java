package org.pinhole.suite.conformance;

/**
 * A test that says which requirement it proves.
 *
 * @param id the requirement's
 * @param name "Class" or "Class.method"
 */
record TaggedTest(String id, String name) {}
