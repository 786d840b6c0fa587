package org.pinhole.app.registrar;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.FlowToken;
import org.pinhole.api.spi.Binding;
import org.pinhole.api.spi.BindingStore;
import org.pinhole.api.spi.BindingsUnavailableException;

/**
 * A binding store that remembers until when each registration lasts that came through it. A store alone cannot tell who has
 * gone from who never came, nor from those whom a restart forgot; and what a registration opened elsewhere shall end with it,
 * but not with a flow that dies or with a restart. Safe for any thread; the lock guards the map and is held over nothing else.
 */
public final class SeenRegistrations implements BindingStore {
    /** Beyond it the one longest untouched is forgotten: it then counts as never seen. */
    private static final int MAX = 100_000;

    private final BindingStore store;
    private final LongSupplier clockMillis;
    private final Map<String, Long> endsAtMillis = new LinkedHashMap<String, Long>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX;
        }
    };

    /** Keeps bindings in this store; {@code clockMillis} is the registrar's. */
    public SeenRegistrations(BindingStore store, LongSupplier clockMillis) {
        this.store = store;
        this.clockMillis = clockMillis;
    }

    /** Whether a registration of that user was seen here and has ended, by its own word or by its time. */
    public boolean isOver(String user, String domain) {
        String addressOfRecord = AddressOfRecord.of(user, domain);
        long now = clockMillis.getAsLong();
        Long end = endOf(addressOfRecord);
        if (end == null || end > now) {
            return false;
        }
        try { // another node may have it by now
            return store.bindings(addressOfRecord).stream().allMatch(binding -> binding.expiresAtMillis() <= now);
        } catch (BindingsUnavailableException unknown) {
            return false;
        }
    }

    private @Nullable Long endOf(String addressOfRecord) {
        synchronized (endsAtMillis) {
            return endsAtMillis.get(addressOfRecord);
        }
    }

    @Override
    public List<Binding> bindings(String addressOfRecord) throws BindingsUnavailableException {
        return store.bindings(addressOfRecord);
    }

    @Override
    public boolean replace(String addressOfRecord, List<Binding> seen, List<Binding> updated)
            throws BindingsUnavailableException {
        boolean done = store.replace(addressOfRecord, seen, updated);
        if (done) {
            long end =
                    updated.stream().mapToLong(Binding::expiresAtMillis).max().orElse(clockMillis.getAsLong());
            synchronized (endsAtMillis) {
                endsAtMillis.put(addressOfRecord, end);
            }
        }
        return done;
    }

    /** A phone that lost its flow comes back; its registration is as long as it was. */
    @Override
    public void removeFlow(FlowToken flow) {
        store.removeFlow(flow);
    }

    @Override
    public void close() {
        store.close();
    }
}
