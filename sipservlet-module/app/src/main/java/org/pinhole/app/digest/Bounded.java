package org.pinhole.app.digest;

import java.util.LinkedHashMap;
import java.util.Map;

/** Forgets what was not looked at for longest, for one more than there may be. Not safe for several threads. */
final class Bounded<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    Bounded(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
    }
}
