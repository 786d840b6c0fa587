package org.pinhole.bench.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pinhole.app.credentials.FileCredentialStore;
import org.pinhole.app.credentials.StoresInOrder;
import org.pinhole.app.digest.DigestAlgorithm;
import org.pinhole.app.digest.DigestPolicy;
import org.pinhole.app.digest.DigestState;
import org.pinhole.app.digest.DigestSubject;
import org.pinhole.app.digest.Lockout;
import org.pinhole.app.digest.RealmGuard;
import org.pinhole.app.digest.Source;
import org.pinhole.app.digest.Verdict;
import org.pinhole.bench.report.Report;
import org.pinhole.bench.server.DigestUsers;
import org.pinhole.ue.digest.Challenge;
import org.pinhole.ue.digest.Credentials;
import org.pinhole.ue.digest.DigestAnswer;
import org.pinhole.ue.digest.DigestClient;
import org.pinhole.ue.digest.DigestRequest;

/**
 * What the verifier does by itself, per core and algorithm: header field to verdict and Authentication-Info, with users in a
 * file, every nonce count used once.
 */
final class Verifications {
    private static final int USERS = 50;
    private static final int EACH = 120;
    private static final int WARM_UPS = 5;
    private static final int ROUNDS = 9;
    private static final String REGISTRAR = "sip:" + DigestUsers.REALM;

    private final Path users;
    private final Report report;
    private final DigestSubject subject = new DigestSubject(
            "REGISTER",
            () -> REGISTRAR,
            DigestUsers.REALM::equals,
            () -> new byte[0],
            "flow",
            Source.of(InetSocketAddress.createUnresolved("192.0.2.1", 5061)));

    Verifications(Path work, Report report) {
        this.users = work.resolve("digest.users");
        this.report = report;
    }

    void run() throws IOException, InterruptedException {
        DigestUsers.writeHashes(users);
        int cores = Runtime.getRuntime().availableProcessors();
        Map<DigestAlgorithm, List<Case>> cases = new EnumMap<>(DigestAlgorithm.class);
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            cases.put(
                    algorithm,
                    List.of(
                            new Case(algorithm, DigestUsers.password(), 1),
                            new Case(algorithm, DigestUsers.password(), cores),
                            new Case(algorithm, "guess", 1)));
        }
        for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
            for (List<Case> each : cases.values()) {
                for (Case one : each) {
                    double rate = once(one.algorithm, one.password, one.threads);
                    if (round >= WARM_UPS) {
                        one.rates.add(rate);
                    }
                }
            }
        }
        List<List<String>> rows = new ArrayList<>();
        cases.forEach((algorithm, each) -> rows.add(List.of(
                algorithm.token(),
                each.get(0).median(),
                each.get(1).median(),
                each.get(2).median())));
        report.table(
                List.of(
                        "verifications/s per core",
                        "one thread",
                        cores + " threads, each",
                        "wrong password, one thread"),
                rows);
    }

    /** What is measured, in turn with all others: whatever came first would be measured cold. */
    private record Case(DigestAlgorithm algorithm, String password, int threads, List<Double> rates) {
        Case(DigestAlgorithm algorithm, String password, int threads) {
            this(algorithm, password, threads, new ArrayList<>());
        }

        String median() {
            return String.format(
                    Locale.ROOT,
                    "%.0f",
                    rates.stream().sorted().skip(rates.size() / 2).findFirst().orElse(0.0));
        }
    }

    /** All credentials are made before the clock runs. */
    private double once(DigestAlgorithm algorithm, String password, int threads) throws InterruptedException {
        RealmGuard guard = new RealmGuard(
                DigestUsers.REALM,
                DigestPolicy.of(algorithm),
                StoresInOrder.of(new FileCredentialStore(users, System::currentTimeMillis)),
                DigestState.fresh(new Lockout(0, 0, System::currentTimeMillis), System::currentTimeMillis),
                System::currentTimeMillis);
        List<List<String>> shares = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            shares.add(credentials(guard, password));
        }
        Verdict.Kind expected =
                password.equals(DigestUsers.password()) ? Verdict.Kind.AUTHENTIC : Verdict.Kind.CHALLENGE;
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        CountDownLatch done = new CountDownLatch(threads);
        long start = System.nanoTime();
        for (List<String> share : shares) {
            workers.execute(() -> {
                share.forEach(each -> verify(guard, each, expected));
                done.countDown();
            });
        }
        done.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        workers.shutdown();
        return USERS * EACH / seconds; // each thread's share took that long
    }

    private void verify(RealmGuard guard, String credentials, Verdict.Kind expected) {
        Verdict verdict = guard.verify(subject, Collections.singletonList(credentials));
        if (verdict.kind() != expected) {
            throw new IllegalStateException(expected + " expected, not " + verdict);
        }
        if (expected == Verdict.Kind.AUTHENTIC) {
            verdict.authenticationInfo().value(name -> List.of());
        }
    }

    private List<String> credentials(RealmGuard guard, String password) {
        List<String> all = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            List<Challenge> challenges = new ArrayList<>();
            for (String value : guard.refusal(guard.verify(subject, List.of()), false, subject)
                    .values("WWW-Authenticate")) {
                Challenge challenge = Challenge.parse(value);
                if (challenge != null) {
                    challenges.add(challenge);
                }
            }
            DigestClient client = new DigestClient(Credentials.of(DigestUsers.name(user), password), () -> "cnonce");
            client.accept(challenges);
            for (int count = 0; count < EACH; count++) {
                DigestAnswer answer = client.answer(DigestRequest.of("REGISTER", REGISTRAR));
                if (answer != null) {
                    all.add(answer.headerValue());
                }
            }
        }
        return all;
    }
}
