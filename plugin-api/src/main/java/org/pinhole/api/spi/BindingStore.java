package org.pinhole.api.spi;

import java.util.List;
import org.pinhole.api.FlowToken;

/** Where a registrar keeps its bindings (RFC 3261 §10.2). Safe for any thread. */
public interface BindingStore {
    /** The bindings of an address-of-record, expired ones possibly among them; empty when there are none. A snapshot. */
    List<Binding> bindings(String addressOfRecord);

    /**
     * Replaces all bindings of an address-of-record, provided that they still are what the caller has seen.
     *
     * @return false when they have changed since; the caller reads again
     */
    boolean replace(String addressOfRecord, List<Binding> seen, List<Binding> updated);

    /**
     * Drops every binding over a flow that has died, whatever its address-of-record (RFC 5626 §7). Called on an event
     * loop: hand slow work over to a thread of the store's own.
     */
    void removeFlow(FlowToken flow);
}
