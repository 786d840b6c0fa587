package org.pinhole.suite.demo;

/** Where a story's steps are told to, one line each. */
public interface Steps {
    /**
     * One step is over.
     *
     * @param name what was to be shown
     * @param passed whether it was
     * @param seen what was seen on the wire, short
     */
    void step(String name, boolean passed, String seen);
}
