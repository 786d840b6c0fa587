package org.pinhole.app.registrar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.pinhole.api.FlowToken;
import org.pinhole.api.spi.Binding;
import org.pinhole.api.spi.BindingStore;

/** Bindings in this process's memory. They go with it, and so do the flows that they lead over. */
public final class MemoryBindingStore implements BindingStore {
    private final Map<String, List<Binding>> byAddress = new HashMap<>();
    private final Map<FlowToken, Set<String>> addressesByFlow = new HashMap<>();

    @Override
    public synchronized List<Binding> bindings(String addressOfRecord) {
        return byAddress.getOrDefault(addressOfRecord, Collections.emptyList());
    }

    @Override
    public synchronized boolean replace(String addressOfRecord, List<Binding> seen, List<Binding> updated) {
        if (!bindings(addressOfRecord).equals(seen)) {
            return false;
        }
        put(addressOfRecord, updated);
        return true;
    }

    @Override
    public synchronized void removeFlow(FlowToken flow) {
        for (String address : new ArrayList<>(addressesByFlow.getOrDefault(flow, Collections.emptySet()))) {
            List<Binding> left = new ArrayList<>(bindings(address));
            left.removeIf(binding -> Objects.equals(binding.flow(), flow));
            put(address, left);
        }
    }

    private void put(String address, List<Binding> updated) {
        for (Binding old : bindings(address)) {
            unindex(address, old);
        }
        if (updated.isEmpty()) {
            byAddress.remove(address);
            return;
        }
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
