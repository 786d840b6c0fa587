package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CallThreadsTest {
    private static final int STACK_THREADS = 16;

    private final CallThreads threads = CallThreads.keyed("0123456789abcdef".getBytes(US_ASCII));

    @Test
    void theMessagesOfACallMeetOnOneThread() {
        assertThat(threadOf(threads, "one@here")).isEqualTo(threadOf(threads, "one@here"));
    }

    @Test
    void callIdsThatAreMadeToCollideAreSpreadAllTheSame() {
        List<String> colliding = madeToCollide(8);

        assertThat(colliding.stream().map(String::hashCode).distinct()).hasSize(1);
        assertThat(colliding.stream().map(id -> threadOf(threads, id)).distinct())
                .hasSize(STACK_THREADS);
    }

    @Test
    void underAnotherKeyTheyAreSpreadInAnotherWay() {
        CallThreads other = CallThreads.keyed("fedcba9876543210".getBytes(US_ASCII));
        List<String> colliding = madeToCollide(6);

        assertThat(colliding.stream().map(id -> threadOf(other, id)).collect(Collectors.toList()))
                .isNotEqualTo(
                        colliding.stream().map(id -> threadOf(threads, id)).collect(Collectors.toList()));
    }

    /** Two to the power of {@code pairs} texts with the same String.hashCode, as anybody can make them. */
    private static List<String> madeToCollide(int pairs) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 1 << pairs; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < pairs; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            texts.add(text.toString());
        }
        return texts;
    }

    /** As the stack's ThreadAffinityExecutor chooses. */
    private static int threadOf(CallThreads threads, String callId) {
        return Math.abs(threads.task(callId, () -> {}).getThreadHash().hashCode() % STACK_THREADS);
    }
}
