package org.pinhole.connector.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowListener;
import org.pinhole.api.FlowRegistry;
import org.pinhole.api.FlowToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open flows of this process, by connection. Written by each connection's event loop, read from anywhere. */
public final class FlowTable implements FlowRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(FlowTable.class);

    private final Map<ConnectionId, OpenFlow> open = new ConcurrentHashMap<>();
    private final List<FlowListener> listeners = new CopyOnWriteArrayList<>();
    private final FlowTokenCodec codec;
    private final Function<Object, @Nullable Flow> arrivals;

    /**
     * An empty table.
     *
     * @param arrivals tells on which flow a request of the container arrived: only the container's side knows its types
     */
    public FlowTable(FlowTokenCodec codec, Function<Object, @Nullable Flow> arrivals) {
        this.codec = codec;
        this.arrivals = arrivals;
    }

    /** The token that will name a connection. */
    public FlowToken tokenOf(ConnectionId connection) {
        return codec.encode(connection);
    }

    /** A flow's TLS handshake is done. */
    public void opened(OpenFlow flow) {
        open.put(flow.connection(), flow);
        tell(listener -> listener.flowOpened(flow));
    }

    /** A flow's connection has ended: tells whoever keeps bindings over it. */
    public void closed(OpenFlow flow, String reason) {
        if (!open.remove(flow.connection(), flow)) {
            return;
        }
        tell(listener -> listener.flowClosed(flow, reason));
    }

    private void tell(Consumer<FlowListener> what) {
        for (FlowListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException | LinkageError fault) { // an application's fault is not the event loop's
                LOG.warn("a flow listener failed: " + listener.getClass().getName(), fault);
            }
        }
    }

    /** What a text in a token's place is. */
    public TokenVerdict verdict(String text) {
        return codec.decode(text);
    }

    /** The open flow that a genuine token names, or null. */
    public @Nullable OpenFlow find(TokenVerdict verdict) {
        ConnectionId connection = verdict.connection();
        return connection == null ? null : open.get(connection);
    }

    @Override
    public @Nullable Flow find(FlowToken token) {
        return find(verdict(token.text()));
    }

    @Override
    public Standing standing(@Nullable String uriUser) {
        if (uriUser == null || uriUser.length() != FlowToken.LENGTH) {
            return Standing.NO_TOKEN;
        }
        TokenVerdict verdict = verdict(uriUser);
        if (verdict.kind() == TokenVerdict.Kind.TAMPERED) {
            return Standing.FORGED;
        }
        return find(verdict) == null ? Standing.GONE : Standing.OPEN;
    }

    @Override
    public @Nullable Flow flowOf(Object sipServletRequest) {
        return arrivals.apply(sipServletRequest);
    }

    @Override
    public Collection<Flow> flows() {
        return Collections.unmodifiableList(new ArrayList<>(open.values()));
    }

    @Override
    public void addListener(FlowListener listener) {
        if (!listeners.contains(listener)) {
            listeners.add(listener);
        }
    }

    @Override
    public void removeListener(FlowListener listener) {
        listeners.remove(listener);
    }
}
