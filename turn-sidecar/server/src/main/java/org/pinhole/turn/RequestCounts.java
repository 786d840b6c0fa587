package org.pinhole.turn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.pinhole.stun.StunMethod;
import org.pinhole.turn.request.RequestEvents;

/**
 * What became of requests, by method and answer, for the metrics: a table of fixed size, since no client may make it grow.
 * From every event loop.
 */
final class RequestCounts implements RequestEvents {
    /** What a request may come to: a success, an error that this server knows, or silence. */
    static final String SUCCESS = "success";

    static final String UNANSWERED = "unanswered";
    private static final String OTHER = "other";

    private static final Map<StunMethod, String> METHODS = Map.of(
            StunMethod.BINDING, "binding",
            StunMethod.ALLOCATE, "allocate",
            StunMethod.REFRESH, "refresh",
            StunMethod.CREATE_PERMISSION, "create_permission",
            StunMethod.CHANNEL_BIND, "channel_bind",
            StunMethod.CONNECT, "connect",
            StunMethod.CONNECTION_BIND, "connection_bind");
    private static final int[] ERRORS = {300, 400, 401, 403, 420, 437, 438, 440, 441, 442, 443, 446, 447, 486, 500, 508
    };

    /** Method and outcome as labels. */
    record Outcome(String method, String answer) {}

    private final Map<Outcome, LongAdder> counts = new LinkedHashMap<>();

    RequestCounts() {
        METHODS.values().stream().sorted().forEach(method -> {
            add(method, SUCCESS);
            for (int error : ERRORS) {
                add(method, Integer.toString(error));
            }
            add(method, OTHER);
            add(method, UNANSWERED);
        });
    }

    private void add(String method, String answer) {
        counts.put(new Outcome(method, answer), new LongAdder());
    }

    @Override
    public void succeeded(StunMethod method) {
        count(method, SUCCESS);
    }

    @Override
    public void refused(StunMethod method, int code) {
        count(method, Integer.toString(code));
    }

    @Override
    public void unanswered(StunMethod method) {
        count(method, UNANSWERED);
    }

    private void count(StunMethod method, String answer) {
        String name = METHODS.get(method);
        if (name != null) {
            LongAdder known = counts.get(new Outcome(name, answer));
            LongAdder adder = known == null ? counts.get(new Outcome(name, OTHER)) : known;
            java.util.Objects.requireNonNull(adder, "one for each").increment();
        }
    }

    /** Those that have happened. */
    Map<Outcome, Long> seen() {
        Map<Outcome, Long> seen = new LinkedHashMap<>();
        counts.forEach((outcome, count) -> {
            long sum = count.sum();
            if (sum > 0) {
                seen.put(outcome, sum);
            }
        });
        return seen;
    }
}
