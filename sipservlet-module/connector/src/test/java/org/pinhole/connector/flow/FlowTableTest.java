package org.pinhole.connector.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowListener;
import org.pinhole.api.FlowToken;

class FlowTableTest {
    private final SecureRandom random = new SecureRandom();
    private final FlowTable table = new FlowTable(FlowTokenCodec.withRandomKey(random), request -> null);

    @Test
    void aFlowIsFoundByItsTokenUntilItsConnectionEnds() {
        OpenFlow flow = flow(ConnectionId.random(random));
        FlowToken token = table.tokenOf(flow.connection());
        table.opened(flow);

        assertThat(table.find(token)).isSameAs(flow);
        table.closed(flow, "the phone left");
        assertThat(table.find(token)).isNull();
    }

    @Test
    @Tag("O-14")
    void listenersAreToldOnceOfAFlowThatEnds() {
        List<String> told = new ArrayList<>();
        OpenFlow flow = flow(ConnectionId.random(random));
        table.addListener((ended, reason) -> {
            throw new IllegalStateException("a broken listener");
        });
        table.addListener((ended, reason) -> told.add(reason));
        table.opened(flow);

        table.closed(flow, "the phone left");
        table.closed(flow, "again");

        assertThat(told).containsExactly("the phone left");
    }

    @Test
    void listenersAreToldOfAFlowThatOpensOnceItCanBeFound() {
        List<Flow> told = new ArrayList<>();
        OpenFlow flow = flow(ConnectionId.random(random));
        FlowToken token = table.tokenOf(flow.connection());
        table.addListener(new FlowListener() {
            @Override
            public void flowOpened(Flow opened) {
                told.add(table.find(token));
            }

            @Override
            public void flowClosed(Flow ended, String reason) {
                // another test's
            }
        });

        table.opened(flow);

        assertThat(told).containsExactly(flow);
    }

    private static OpenFlow flow(ConnectionId connection) {
        return (OpenFlow) Proxy.newProxyInstance(
                OpenFlow.class.getClassLoader(), new Class<?>[] {OpenFlow.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "connection":
                            return connection;
                        case "equals":
                            return proxy == arguments[0];
                        case "hashCode":
                            return connection.hashCode();
                        default:
                            throw new UnsupportedOperationException(method.getName());
                    }
                });
    }
}
