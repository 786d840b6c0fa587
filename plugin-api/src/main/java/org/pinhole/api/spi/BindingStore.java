package org.pinhole.api.spi;

import java.util.List;
import org.pinhole.api.FlowToken;

/**
 * Where a registrar keeps its bindings (RFC 3261 §10.2). Safe for any thread. Several nodes may share one: every change is a
 * replacement of what its caller has seen, so that no lock is held from reading to writing; the flow of a binding may be
 * another node's, whose own registrar tells the store when it dies. What is kept are texts and numbers, fit for any engine.
 *
 * <p>Found with {@link java.util.ServiceLoader}, the first one that there is; without any, bindings are kept in this
 * process's memory ({@link org.pinhole.api.memory.MemoryBindingStore}).
 */
public interface BindingStore {
    /**
     * The bindings of an address-of-record, those that were added or refreshed last at the end; expired ones may be among
     * them. Empty when there are none. A snapshot.
     *
     * @throws BindingsUnavailableException when the store cannot say; the phone is told to try again later
     */
    List<Binding> bindings(String addressOfRecord) throws BindingsUnavailableException;

    /**
     * Replaces all bindings of an address-of-record, provided that they still are what the caller has seen. Bindings are
     * worth keeping until their {@link Binding#expiresAtMillis}, and no longer.
     *
     * @param seen as {@link #bindings} gave them
     * @param updated in the order in which {@link #bindings} is to give them; empty removes the address-of-record
     * @return false when they have changed since; the caller reads again
     * @throws BindingsUnavailableException when the store cannot keep them, being full for instance; nothing has changed
     */
    boolean replace(String addressOfRecord, List<Binding> seen, List<Binding> updated)
            throws BindingsUnavailableException;

    /**
     * Drops every binding over a flow that has died, whatever its address-of-record (RFC 5626 §7). Called on an event
     * loop: hand slow work over to a thread of the store's own. What comes of it late or never is found out by the
     * registrar, which asks for the flow each time.
     */
    void removeFlow(FlowToken flow);

    /** Ends what runs for this store, such as its connections. Called once, when the application that uses it ends. */
    default void close() {}
}
