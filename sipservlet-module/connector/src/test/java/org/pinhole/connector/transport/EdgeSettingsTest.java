package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EdgeSettingsTest {
    private static final InetSocketAddress EDGE = new InetSocketAddress("192.0.2.20", 40_000);
    private static final InetSocketAddress CORE = new InetSocketAddress("192.0.2.10", 40_000);

    private final Map<String, String> settings = new HashMap<>();

    EdgeSettingsTest() {
        settings.put("pinhole.trusted-sources", "192.0.2.10");
        settings.put("pinhole.edge-sources", "192.0.2.20,192.0.2.21");
    }

    /** Behind an address that is trusted to reach phones there may be phones. */
    @Test
    @Tag("O-10")
    void anEdgeBeforeUsIsWhoIsListedAsOneAndNobodyElse() {
        EdgeSettings edge = EdgeSettings.of(settings);

        assertThat(edge.isFromEdge(EDGE)).isTrue();
        assertThat(edge.isFromEdge(CORE)).isFalse();
    }

    @Test
    void beforeAnImsCoreThereIsNone() {
        settings.put("pinhole.role", "p-cscf");

        assertThat(EdgeSettings.of(settings).isFromEdge(EDGE)).isFalse();
    }
}
