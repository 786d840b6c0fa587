package org.example.registrar;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bindings of every AOR, oldest first. All methods hold one lock; nothing is done under it but memory access. */
final class Bindings {
    private final Clock clock;
    private final Map<String, List<Binding>> byAor = new HashMap<>();

    Bindings(Clock clock) {
        this.clock = clock;
    }

    /** Adds a binding or refreshes the one with the same URI, which becomes the newest. A zero lifetime removes it. */
    synchronized void bind(String aor, String uri, String contact, Duration lifetime) {
        List<Binding> bindings = byAor.computeIfAbsent(aor, unused -> new ArrayList<>());
        bindings.removeIf(binding -> binding.uri().equals(uri));
        if (!lifetime.isZero()) {
            bindings.add(Binding.of(uri, contact, clock.instant().plus(lifetime)));
        }
    }

    /** {@code Contact: *} with {@code Expires: 0}. The AOR stays known, so that calls to it get 480 and not 404. */
    synchronized void unbindAll(String aor) {
        byAor.put(aor, new ArrayList<>());
    }

    /** The bindings that have not expired, oldest first. */
    synchronized List<Binding> of(String aor) {
        List<Binding> bindings = byAor.get(aor);
        if (bindings == null) {
            return new ArrayList<>();
        }
        Instant now = clock.instant();
        bindings.removeIf(binding -> !binding.isAliveAt(now));
        return new ArrayList<>(bindings);
    }

    /** Whether anybody ever registered under this AOR. */
    synchronized boolean knows(String aor) {
        return byAor.containsKey(aor);
    }
}
