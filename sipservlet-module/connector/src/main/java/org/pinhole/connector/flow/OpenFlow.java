package org.pinhole.connector.flow;

import org.pinhole.api.Flow;

/** A flow as the table keeps it. */
public interface OpenFlow extends Flow {
    /** The connection instance that this flow is. */
    ConnectionId connection();
}
