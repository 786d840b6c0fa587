package org.pinhole.api.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.pinhole.api.FlowToken;
import org.pinhole.api.spi.Binding;
import org.pinhole.api.spi.BindingStore;
import org.pinhole.api.spi.BindingsUnavailableException;

/**
 * Bindings in this process's memory. They go with it, and so do the flows that they lead over. Bounded: what has expired is
 * swept out as others register, a few addresses-of-record at a time, for event loops wait for the lock when flows end.
 */
public final class MemoryBindingStore implements BindingStore {
    /** About 200 MB when phones as they are use all of it; the registrar bounds what one may write into a binding. */
    static final int CAPACITY = 200_000;

    /** How many addresses-of-record are looked at when another registers; and when there is no room for it. */
    private static final int SLICE = 32;

    private static final int SLICE_WHEN_FULL = 2048;

    private static final MemoryBindingStore OF_THIS_PROCESS =
            new MemoryBindingStore(CAPACITY, System::currentTimeMillis);

    private final int capacity;
    private final LongSupplier clockMillis;
    private final Map<String, List<Binding>> byAddress = new HashMap<>();
    private final Map<FlowToken, Set<String>> addressesByFlow = new HashMap<>();
    /** All addresses-of-record, the one that was looked at longest ago first. */
    private final Set<String> nextToSweep = new LinkedHashSet<>();

    private int size;

    /**
     * An empty store.
     *
     * @param capacity how many bindings it takes, of all addresses-of-record together
     * @param clockMillis the registrar's clock, against which bindings expire
     */
    public MemoryBindingStore(int capacity, LongSupplier clockMillis) {
        this.capacity = capacity;
        this.clockMillis = clockMillis;
    }

    /** The one that a registrar finds again when its application was deployed anew. */
    public static MemoryBindingStore ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    @Override
    public synchronized List<Binding> bindings(String addressOfRecord) {
        return byAddress.getOrDefault(addressOfRecord, Collections.emptyList());
    }

    @Override
    public synchronized boolean replace(String addressOfRecord, List<Binding> seen, List<Binding> updated)
            throws BindingsUnavailableException {
        List<Binding> present = bindings(addressOfRecord);
        if (!present.equals(seen)) {
            return false;
        }
        int more = updated.size() - present.size();
        if (more > 0) {
            requireRoom(addressOfRecord, more);
        }
        put(addressOfRecord, updated);
        return true;
    }

    private void requireRoom(String addressOfRecord, int more) throws BindingsUnavailableException {
        sweep(addressOfRecord, size + more > capacity ? SLICE_WHEN_FULL : SLICE);
        if (size + more > capacity) {
            throw new BindingsUnavailableException(
                    "the store of bindings in memory is full: it holds " + size + " of " + capacity);
        }
    }

    /** All but the address that is being replaced. */
    private void sweep(String except, int most) {
        long now = clockMillis.getAsLong();
        for (int i = Math.min(most, nextToSweep.size()); i > 0; i--) {
            String address = nextToSweep.iterator().next();
            nextToSweep.remove(address);
            nextToSweep.add(address);
            List<Binding> left = new ArrayList<>(bindings(address));
            if (!address.equals(except) && left.removeIf(binding -> binding.expiresAtMillis() <= now)) {
                put(address, left);
            }
        }
    }

    @Override
    public synchronized void removeFlow(FlowToken flow) {
        Set<String> addresses = addressesByFlow.getOrDefault(flow, Collections.emptySet());
        for (String address : new ArrayList<>(addresses)) {
            List<Binding> left = new ArrayList<>(bindings(address));
            left.removeIf(binding -> Objects.equals(binding.flow(), flow));
            put(address, left);
        }
    }

    /** How many bindings there are, of all addresses-of-record. */
    public synchronized int size() {
        return size;
    }

    private void put(String address, List<Binding> updated) {
        List<Binding> before = bindings(address);
        for (Binding old : before) {
            unindex(address, old);
        }
        size += updated.size() - before.size();
        if (updated.isEmpty()) {
            byAddress.remove(address);
            nextToSweep.remove(address);
            return;
        }
        nextToSweep.add(address);
        byAddress.put(address, Collections.unmodifiableList(new ArrayList<>(updated)));
        for (Binding binding : updated) {
            FlowToken flow = binding.flow();
            if (flow != null) {
                addressesByFlow
                        .computeIfAbsent(flow, ignored -> new HashSet<>())
                        .add(address);
            }
        }
    }

    private void unindex(String address, Binding binding) {
        FlowToken flow = binding.flow();
        Set<String> addresses = flow == null ? null : addressesByFlow.get(flow);
        if (flow != null && addresses != null && addresses.remove(address) && addresses.isEmpty()) {
            addressesByFlow.remove(flow);
        }
    }
}
