package org.pinhole.connector.transport;

/** Whether an application of the container authenticates phones before anything else sees their requests. */
public enum Admission {
    /** None ever did: whoever asked for the connector takes what comes. */
    OPEN,
    /** One does, and it is there. */
    AUTHENTICATED,
    /** One did, and it is gone for the moment: nothing passes, rather than everything unchecked. */
    CLOSED
}
