package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.LogLines;

class CallThreadsTest {
    private static final byte[] KEY = "0123456789abcdef".getBytes(US_ASCII);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CallThreads calls = new CallThreads(KEY, 8, threads, () -> 0);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void theMessagesOfACallAreDoneOneByOneAsTheyCame() throws InterruptedException {
        List<List<Integer>> done = IntStream.range(0, 20)
                .mapToObj(call -> new ArrayList<Integer>()) // of no use to two threads at once
                .collect(Collectors.toList());
        CountDownLatch left = new CountDownLatch(20 * 2_000);

        for (int i = 0; i < 20 * 2_000; i++) {
            int number = i;
            calls.execute("call " + i % 20, () -> {
                done.get(number % 20).add(number);
                left.countDown();
            });
        }

        assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(done).allSatisfy(call -> assertThat(call).hasSize(2_000).isSorted());
    }

    /** So that each comes when the thread that did the one before looks out for it, or has just ceased to. */
    @Test
    void whatComesOneByOneIsAllDone() throws InterruptedException {
        for (int i = 0; i < 20_000; i++) {
            CountDownLatch done = new CountDownLatch(1);

            calls.execute("call " + i % 3, done::countDown);

            assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void aCallThatTakesLongHoldsUpNoOther() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        List<String> others = IntStream.range(0, 1_000)
                .mapToObj(call -> "call " + call)
                .filter(call -> calls.line(call) != calls.line("long"))
                .collect(Collectors.toList());
        CountDownLatch left = new CountDownLatch(others.size());
        CountDownLatch behind = new CountDownLatch(1);

        calls.execute("long", () -> await(end));
        calls.execute("long", behind::countDown);
        others.forEach(call -> calls.execute(call, left::countDown));

        assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(behind.getCount()).isOne();
        end.countDown();
        assertThat(behind.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void soManyAreAtWorkAndTheOthersWait() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(8);
        CountDownLatch left = new CountDownLatch(100);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();

        for (int i = 0; i < 100; i++) {
            calls.execute("call " + i, () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                begun.countDown();
                await(end);
                now.decrementAndGet();
                left.countDown();
            });
        }

        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(left.getCount()).isEqualTo(100);
        end.countDown();
        assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(most).hasValue(8);
    }

    @Test
    void aPhoneHasItsTurnsAndWhatBlocksItsCallsBlocksNobodyElses() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(200);
        CallsAtOnce few = new CallsAtOnce(3);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            calls.execute(few, "call " + i % 50, () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                await(end);
                now.decrementAndGet();
                left.countDown();
            });
        }

        runsNow("another's call", new CallsAtOnce(3));

        assertThat(left.getCount()).isEqualTo(200);
        end.countDown();
        assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void phonesThatShareCallsAndHaveFewTurnsLoseAndOvertakeNothing() throws InterruptedException {
        CallsAtOnce[] phones = {new CallsAtOnce(1), new CallsAtOnce(2), new CallsAtOnce(3)};
        List<List<Integer>> done = IntStream.range(0, 20)
                .mapToObj(call -> new ArrayList<Integer>()) // of no use to two threads at once
                .collect(Collectors.toList());
        CountDownLatch left = new CountDownLatch(20 * 2_000);

        for (int i = 0; i < 20 * 2_000; i++) {
            int number = i;
            calls.execute(phones[i / 7 % 3], "call " + i % 20, () -> {
                done.get(number % 20).add(number);
                left.countDown();
            });
        }

        assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(done).allSatisfy(call -> assertThat(call).hasSize(2_000).isSorted());
    }

    @Test
    void whatBlocksAllStrangersBlocksNobodyWhoIsKnown() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(6);
        CountDownLatch left = new CountDownLatch(1_000);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            calls.executeForStranger(new CallLine(), () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                begun.countDown();
                await(end);
                now.decrementAndGet();
                left.countDown();
            });
        }
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();

        runsNow("a call", new CallsAtOnce(1));

        end.countDown();
        assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(most).hasValue(6); // three quarters of eight
    }

    @Test
    void aStrangersMessagesAreDoneOneByOneAndThoseOfAllAtOnceLoseNothing() throws InterruptedException {
        List<List<Integer>> done = IntStream.range(0, 20)
                .mapToObj(stranger -> new ArrayList<Integer>()) // of no use to two threads at once
                .collect(Collectors.toList());
        List<CallLine> strangers =
                IntStream.range(0, 20).mapToObj(i -> new CallLine()).collect(Collectors.toList());
        CountDownLatch left = new CountDownLatch(2 * 20 * 2_000);

        for (int i = 0; i < 20 * 2_000; i++) {
            int number = i;
            calls.execute("call " + i % 20, left::countDown);
            calls.executeForStranger(strangers.get(i % 20), () -> {
                done.get(number % 20).add(number);
                left.countDown();
            });
        }

        assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(done)
                .allSatisfy(stranger -> assertThat(stranger).hasSize(2_000).isSorted());
    }

    /** By hand: all that is ready is done by the one who looks next. */
    @Test
    void strangersComeLastButNeverNot() {
        Queue<Runnable> awake = new ArrayDeque<>();
        CallThreads one = new CallThreads(KEY, 2, awake::add, () -> 0);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            one.executeForStranger(new CallLine(), () -> order.add("stranger"));
            one.execute("call " + i, () -> order.add("known"));
        }

        awake.remove().run();

        assertThat(order).hasSize(16);
        assertThat(order.subList(0, 8))
                .containsExactly("known", "known", "known", "stranger", "known", "known", "known", "stranger");
    }

    @Test
    void whatAStrangerLeavesBehindIsDropped() {
        Queue<Runnable> awake = new ArrayDeque<>();
        CallThreads one = new CallThreads(KEY, 2, awake::add, () -> 0);
        CallLine gone = new CallLine();
        List<String> done = new ArrayList<>();
        one.executeForStranger(gone, () -> {
            done.add("at work when he went");
            gone.drop();
        });
        one.executeForStranger(gone, () -> done.add("waiting when he went"));
        one.executeForStranger(new CallLine(), () -> done.add("another's"));

        awake.remove().run();

        assertThat(done).containsExactly("at work when he went", "another's");
    }

    private void runsNow(String call, CallsAtOnce of) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        calls.execute(of, call, ran::countDown);
        assertThat(ran.await(1, TimeUnit.MINUTES)).as(call).isTrue();
    }

    @Test
    void whatFailsHasFailedAloneAndIsOneLineAMinute() throws Exception {
        CountDownLatch left = new CountDownLatch(4);
        try (LogLines log = LogLines.follow()) {
            for (int i = 0; i < 3; i++) {
                calls.execute("call", () -> {
                    left.countDown();
                    throw new IllegalStateException("on purpose");
                });
            }
            calls.execute("call", left::countDown);

            assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(log.with("a message was not processed: java.lang.IllegalStateException: on purpose"))
                    .hasSize(1);
        }
    }

    @Test
    void theThreadsOfTheProcessSeeOurClasses() throws InterruptedException {
        ConcurrentLinkedQueue<ClassLoader> seen = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(1);

        CallThreads.OF_THIS_PROCESS.execute("call", () -> {
            seen.add(Thread.currentThread().getContextClassLoader());
            done.countDown();
        });

        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(seen).containsExactly(CallThreads.class.getClassLoader());
    }

    @Test
    void callIdsThatAreMadeToCollideAreSpreadAllTheSame() {
        List<String> colliding = madeToCollide(8);

        assertThat(colliding.stream().map(String::hashCode).distinct()).hasSize(1);
        assertThat(colliding.stream().map(calls::line).distinct()).hasSizeGreaterThan(200);
    }

    @Test
    void underAnotherKeyTheyAreSpreadInAnotherWay() {
        CallThreads other = new CallThreads("fedcba9876543210".getBytes(US_ASCII), 8, threads, () -> 0);
        List<String> colliding = madeToCollide(6);

        assertThat(colliding.stream().map(other::line).collect(Collectors.toList()))
                .isNotEqualTo(colliding.stream().map(calls::line).collect(Collectors.toList()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
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
}
