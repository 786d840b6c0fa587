package org.pinhole.connector.admin;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.pinhole.connector.transport.ConnectorCounters;

/** A connector's counters by the names that operators read, each a plain number. A snapshot. */
final class ConnectorNumbers {
    private final Map<String, Long> byName;

    private ConnectorNumbers(Map<String, Long> byName) {
        this.byName = byName;
    }

    static ConnectorNumbers of(ConnectorCounters counters) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("OpenFlows", counters.openFlows());
        numbers.put("AcceptedConnections", counters.acceptedConnections());
        putReasons(numbers, "RefusedConnections", counters.refusedConnections());
        numbers.put("FullHandshakes", counters.fullHandshakes());
        numbers.put("ResumedHandshakes", counters.resumedHandshakes());
        putReasons(numbers, "FailedHandshakes", counters.failedHandshakes());
        numbers.put("Pings", counters.pings());
        numbers.put("Pongs", counters.pongs());
        numbers.put("MessagesIn", counters.messagesIn());
        numbers.put("MessagesOut", counters.messagesOut());
        numbers.put("BytesIn", counters.bytesIn());
        numbers.put("BytesOut", counters.bytesOut());
        numbers.put("QueueDrops", counters.queueDrops());
        numbers.put("DroppedResponses", counters.droppedResponses());
        numbers.put("RefusedStrangersInvites", counters.refusedStrangersInvites());
        putReasons(numbers, "ClosedFlows", counters.closedFlows());
        return new ConnectorNumbers(numbers);
    }

    /** The sum under the name itself, and each reason apart: {@code ClosedFlowsNotRead}. */
    private static void putReasons(Map<String, Long> numbers, String name, Map<String, Long> reasons) {
        numbers.put(name, reasons.values().stream().mapToLong(Long::longValue).sum());
        reasons.forEach((reason, count) -> numbers.put(name + camelCase(reason), count));
    }

    private static String camelCase(String dashed) {
        StringBuilder camel = new StringBuilder();
        for (String word : dashed.split("-", -1)) {
            camel.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return camel.toString();
    }

    /** All connectors' together. */
    static ConnectorNumbers sum(Iterable<ConnectorNumbers> each) {
        Map<String, Long> sums = new LinkedHashMap<>();
        each.forEach(one -> one.byName.forEach((name, number) -> sums.merge(name, number, Long::sum)));
        return new ConnectorNumbers(sums);
    }

    Map<String, Long> byName() {
        return byName;
    }

    /** One line for the log: what is not zero. */
    @Override
    public String toString() {
        return byName.entrySet().stream()
                .filter(entry -> entry.getValue() != 0 || entry.getKey().equals("OpenFlows"))
                .map(entry -> entry.getKey() + ' ' + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectorNumbers && ((ConnectorNumbers) other).byName.equals(byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }
}
