package org.pinhole.bench.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.credentials.StoresInOrder;
import org.pinhole.app.digest.DigestAlgorithm;
import org.pinhole.app.digest.DigestPolicy;
import org.pinhole.app.digest.DigestState;
import org.pinhole.app.digest.DigestSubject;
import org.pinhole.app.digest.Lockout;
import org.pinhole.app.digest.RealmGuard;
import org.pinhole.app.digest.Verdict;
import org.pinhole.ue.digest.Challenge;
import org.pinhole.ue.digest.Credentials;
import org.pinhole.ue.digest.DigestClient;
import org.pinhole.ue.digest.DigestRequest;

/**
 * Digest verifications per second and core: everything from the header's text to the counted nonce and the
 * Authentication-Info, on one thread, without a container around it. What the phones do is done beforehand.
 *
 * @param answers how many requests a turn has
 * @param rounds how many turns count, after two that do not; the median is told
 */
public record DigestRate(int answers, int rounds) implements Scenario {
    private static final String REALM = "pinhole.test";
    private static final String URI = "sip:pinhole.test";

    @Override
    public void run(Bed bed) {
        List<List<String>> rows = new ArrayList<>();
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            double[] perSecond = new double[rounds];
            for (int round = -2; round < rounds; round++) {
                double seen = turn(algorithm);
                if (round >= 0) {
                    perSecond[round] = seen;
                }
            }
            Arrays.sort(perSecond);
            double median = perSecond[rounds / 2];
            bed.report().say("%s: %.0f/s", algorithm.token(), median);
            rows.add(List.of(
                    algorithm.token(),
                    String.format(Locale.ROOT, "%.0f/s", median),
                    String.format(Locale.ROOT, "%.1f µs", 1e6 / median)));
        }
        bed.report().table(List.of("algorithm", "verifications per second and core, median", "each"), rows);
    }

    private double turn(DigestAlgorithm algorithm) {
        String ha1 = algorithm.function().hash("alice:" + REALM + ":wonderland");
        RealmGuard guard = new RealmGuard(
                REALM,
                DigestPolicy.of(algorithm),
                StoresInOrder.of((user, realm, function) -> user.equals("alice") ? ha1 : null),
                DigestState.fresh(new Lockout(10, 300_000, System::currentTimeMillis), System::currentTimeMillis),
                System::currentTimeMillis);
        DigestSubject subject =
                new DigestSubject("REGISTER", URI, Set.of(REALM), () -> new byte[0], "flow", "198.51.100.7");
        List<List<String>> headers = answers(guard.refusal(guard.verify(subject, List.of()), false, subject));

        long begin = System.nanoTime();
        int right = 0;
        for (List<String> header : headers) {
            Verdict verdict = guard.verify(subject, header);
            if (verdict.kind() == Verdict.Kind.AUTHENTIC
                    && verdict.authenticationInfo().value(name -> List.of()) != null) {
                right++;
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (right != answers) {
            throw new IllegalStateException(algorithm.token() + ": " + right + " of " + answers + " verified");
        }
        return answers / seconds;
    }

    private List<List<String>> answers(Reply challenged) {
        DigestClient alice = new DigestClient(Credentials.of("alice", "wonderland"), () -> "f2wE4q74E6zIJEtW");
        alice.accept(challenged.values("WWW-Authenticate").stream()
                .map(Challenge::parse)
                .toList());
        List<List<String>> headers = new ArrayList<>(answers);
        for (int i = 0; i < answers; i++) {
            headers.add(List.of(String.valueOf(
                    alice.answer(DigestRequest.of("REGISTER", URI)).headerValue())));
        }
        return headers;
    }
}
