package org.pinhole.suite.bed;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The live counters of a TURN server, read from its admin port as Prometheus does. */
final class TurnCounters {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final URI metrics;
    private final String token;

    TurnCounters(int adminPort, String token) {
        this.metrics = URI.create("http://127.0.0.1:" + adminPort + "/metrics");
        this.token = token;
    }

    /** The octets that have come from peers so far, of every allocation there was. */
    long bytesToClients() throws IOException {
        return of("pinhole_turn_relayed_bytes_total{direction=\"to_client\"}");
    }

    /** The octets that have gone to peers so far. */
    long bytesToPeers() throws IOException {
        return of("pinhole_turn_relayed_bytes_total{direction=\"to_peer\"}");
    }

    /** One counter by its name and labels, as they stand on the page. */
    long of(String name) throws IOException {
        return page().lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException(metrics + " says nothing of " + name));
    }

    private String page() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) metrics.toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + token);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
