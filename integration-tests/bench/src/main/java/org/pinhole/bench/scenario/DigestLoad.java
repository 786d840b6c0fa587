package org.pinhole.bench.scenario;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.pinhole.bench.load.Latencies;
import org.pinhole.bench.load.Phone;
import org.pinhole.bench.load.PhoneEvents;
import org.pinhole.bench.load.Phones;
import org.pinhole.bench.server.DigestUsers;
import org.pinhole.ue.digest.Challenge;
import org.pinhole.ue.digest.Credentials;
import org.pinhole.ue.digest.DigestAnswer;
import org.pinhole.ue.digest.DigestClient;
import org.pinhole.ue.digest.DigestRequest;

/** Phones at one server that register by Digest without pause while they are told to, one registration at a time each. */
final class DigestLoad {
    private static final long CONNECT_SECONDS = 20;
    private static final String REGISTRAR = "sip:" + DigestUsers.REALM;
    private static final String CHALLENGE = "WWW-Authenticate:";

    /** How a registration goes. */
    enum Way {
        /** REGISTER, 401, REGISTER, 200. */
        CHALLENGED("challenged each time"),
        /** REGISTER, 200: with the nonce of the registration before. */
        NONCE_KEPT("nonce kept");

        private final String title;

        Way(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private final List<Registering> phones = new ArrayList<>();
    private final CountDownLatch connected;
    private final AtomicInteger underWay = new AtomicInteger();
    private final LongAdder registered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Latencies latencies = new Latencies();
    private volatile Way way = Way.CHALLENGED;
    private volatile boolean running;
    private volatile @Nullable Throwable fault;

    /** Connects them all. */
    DigestLoad(Phones source, InetSocketAddress server, int connections) throws InterruptedException {
        this.connected = new CountDownLatch(connections);
        for (int i = 0; i < connections; i++) {
            Registering phone = new Registering();
            phone.phone = source.connect(server, 1, phone);
            phones.add(phone);
        }
        if (!connected.await(CONNECT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(connected.getCount() + " of " + connections
                    + " phones could not connect to " + server + ": " + fault);
        }
    }

    /** Registers for so long. Returns when the last answer is there. */
    RegisterLoad.Seen run(Way asked, double seconds) throws InterruptedException {
        way = asked;
        registered.reset();
        refused.reset();
        latencies.drain();
        long start = System.nanoTime();
        running = true;
        for (Registering each : phones) {
            Phone phone = each.phone;
            if (phone != null) {
                phone.later(0, () -> {
                    underWay.incrementAndGet();
                    each.begin(phone);
                });
            }
        }
        Thread.sleep((long) (seconds * 1000));
        double perSecond = registered.sum() / ((System.nanoTime() - start) / 1e9);
        running = false;
        for (int i = 0; i < 100 && underWay.get() > 0; i++) {
            Thread.sleep(20);
        }
        return new RegisterLoad.Seen(perSecond, refused.sum() + underWay.getAndSet(0), latencies.drain());
    }

    void close() {
        for (Registering each : phones) {
            Phone phone = each.phone;
            if (phone != null) {
                phone.close();
            }
        }
    }

    /** One phone. On its event loop, but for the field that is set once it connects. */
    private final class Registering implements PhoneEvents {
        private volatile @Nullable Phone phone;
        private @Nullable DigestClient digest;
        private int cnonces;
        private boolean answered;
        private boolean proven;
        private long begunAt;

        /** The user is the number of the connection's. */
        private DigestClient digest(Phone of) {
            DigestClient known = digest;
            if (known == null) {
                known = new DigestClient(
                        Credentials.of(DigestUsers.name(of.number()), DigestUsers.password()),
                        () -> "c" + of.number() + "x" + cnonces++);
                digest = known;
            }
            return known;
        }

        void begin(Phone of) {
            begunAt = System.nanoTime();
            answered = way == Way.NONCE_KEPT && proven;
            of.register(0, answered ? answer(of) : "");
        }

        private String answer(Phone of) {
            DigestAnswer answer = digest(of).answer(DigestRequest.of("REGISTER", REGISTRAR));
            return answer == null ? "" : "Authorization: " + answer.headerValue() + "\r\n";
        }

        @Override
        public void opened(Phone of) {
            connected.countDown();
        }

        @Override
        public void challenged(Phone of, int slot, String text, long nanos) {
            boolean stale = text.contains("stale=true");
            if (answered && !stale) {
                response(of, slot, 401, nanos);
                return;
            }
            List<Challenge> challenges = new ArrayList<>();
            for (String line : text.split("\r\n", -1)) {
                Challenge challenge = line.regionMatches(true, 0, CHALLENGE, 0, CHALLENGE.length())
                        ? Challenge.parse(line.substring(CHALLENGE.length()).trim())
                        : null;
                if (challenge != null) {
                    challenges.add(challenge);
                }
            }
            digest(of).accept(challenges);
            answered = true;
            of.register(0, answer(of));
        }

        @Override
        public void response(Phone of, int slot, int status, long nanos) {
            proven = status == 200;
            (proven ? registered : refused).increment();
            latencies.record(System.nanoTime() - begunAt);
            if (running) {
                begin(of);
            } else {
                underWay.decrementAndGet();
            }
        }

        @Override
        public void closed(Phone of, @Nullable Throwable why) {
            fault = why;
            if (running) {
                refused.increment();
            }
        }
    }
}
