package org.pinhole.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowListener;
import org.pinhole.api.FlowRegistry;
import org.pinhole.api.FlowToken;

/** A registry of flows that are opened and closed by hand. */
public final class FakeFlows implements FlowRegistry {
    private final Map<FlowToken, FakeFlow> open = new LinkedHashMap<>();
    private final List<FlowListener> listeners = new ArrayList<>();

    public FakeFlow add(FakeFlow flow) {
        open.put(flow.token(), flow);
        return flow;
    }

    public FakeFlow open(String name) {
        return add(new FakeFlow(name));
    }

    /** The connection ends, and everyone is told. */
    public void kill(FakeFlow flow) {
        loseQuietly(flow);
        listeners.forEach(listener -> listener.flowClosed(flow, "test"));
    }

    /** The connection ends, and nobody was told yet. */
    public void loseQuietly(FakeFlow flow) {
        flow.close("test");
        open.remove(flow.token());
    }

    @Override
    public @Nullable Flow find(FlowToken token) {
        return open.get(token);
    }

    /** Here every text that begins with token- is genuine, and one that begins with forged- is not. */
    @Override
    public Standing standing(@Nullable String uriUser) {
        if (uriUser == null || !uriUser.matches("(?:token|forged)-.*")) {
            return Standing.NO_TOKEN;
        }
        if (uriUser.startsWith("forged-")) {
            return Standing.FORGED;
        }
        return open.containsKey(FlowToken.of(uriUser)) ? Standing.OPEN : Standing.GONE;
    }

    @Override
    public @Nullable Flow flowOf(Object sipServletRequest) {
        return null;
    }

    @Override
    public Collection<Flow> flows() {
        return new ArrayList<>(open.values());
    }

    @Override
    public void addListener(FlowListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(FlowListener listener) {
        listeners.remove(listener);
    }
}
