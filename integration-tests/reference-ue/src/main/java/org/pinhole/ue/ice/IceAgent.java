package org.pinhole.ue.ice;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMessage;

/**
 * A full ICE agent for one data stream of one component (RFC 8445), without sockets, threads or a clock: datagrams go in
 * with the time, and come out when they are {@link #due}. Lives on one thread. Nominates by the regular way.
 */
public final class IceAgent {
    /** Where the checks stand. */
    public enum State {
        /** The far end's candidates are not known. */
        NEW,
        CHECKING,
        /** A pair is selected, and consent is asked for on it. */
        CONNECTED,
        /** No pair came about, or consent is gone. */
        FAILED
    }

    /** How long something better may still succeed once a pair is valid, before the best valid one is nominated. */
    static final Duration BETTER_WITHIN = Duration.ofSeconds(2);
    /** Peers may still reach us when all that we tried has failed. */
    static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final int MAX_EARLY = 32;
    private static final int ROLE_CONFLICT = 487;
    private static final int FORBIDDEN = 403;

    private record Early(Base base, InetSocketAddress from, Check check) {}

    private final IceCredentials local;
    private final List<LocalCandidate> locals;
    private final Reflexive reflexive;
    private final Pace pace;
    private final RandomGenerator random;
    private final Role role;
    private final CheckList checks = new CheckList();
    private final PendingChecks pending = new PendingChecks();
    private final List<Early> early = new ArrayList<>();
    private final List<Outgoing> replies = new ArrayList<>();
    private State state = State.NEW;
    private String failure = "";
    private @Nullable CheckMaker maker;
    private @Nullable CandidatePair selected;
    private @Nullable CandidatePair nominating;
    private @Nullable Consent consent;
    private @Nullable Instant firstValid;
    private Instant begun = Instant.MIN;
    private boolean patient = true;

    public IceAgent(
            IceCredentials local, List<LocalCandidate> locals, boolean controlling, Pace pace, RandomGenerator random) {
        this.local = local;
        this.locals = List.copyOf(locals);
        this.reflexive = new Reflexive(this.locals);
        this.pace = pace;
        this.random = random;
        this.role = new Role(controlling, random);
    }

    public State state() {
        return state;
    }

    /** Why it failed, one line. */
    public String failure() {
        return failure;
    }

    public boolean controlling() {
        return role.controlling();
    }

    /** Where data goes, or null while no pair is nominated. */
    @Nullable
    public CandidatePair selected() {
        return selected;
    }

    /** Every pair that there is, best first. */
    public List<CandidatePair> pairs() {
        return List.copyOf(checks.pairs());
    }

    /** Learns what the far end described, and begins to check (§6.1.2). */
    public void remote(IceCredentials credentials, List<Candidate> candidates, Instant now) {
        maker = new CheckMaker(local, credentials, role, random);
        state = State.CHECKING;
        begun = now;
        checks.form(locals, candidates, role.controlling());
        List<Early> waiting = List.copyOf(early);
        early.clear();
        waiting.forEach(one -> accept(one.base(), one.from(), one.check(), now));
    }

    /** Whether data from there is the far end's: its check was answered, or ours was. */
    public boolean expects(Base base, InetSocketAddress from) {
        return checks.find(base, from) != null;
    }

    /** A STUN message that arrived; whatever is not ours, or not sealed, changes nothing. */
    public void receive(Base base, InetSocketAddress from, byte[] octets, Instant now) {
        StunMessage message = CheckCodec.find(octets);
        if (message == null || state == State.FAILED) {
            return;
        }
        switch (message.type().kind()) {
            case REQUEST -> request(base, from, message, now);
            case SUCCESS, ERROR -> response(base, from, message, now);
            default -> {}
        }
    }

    // ---- requests, RFC 8445 §7.3

    private void request(Base base, InetSocketAddress from, StunMessage message, Instant now) {
        Check check = CheckCodec.findCheck(message, local.key());
        if (check == null || !check.username().startsWith(local.fragment() + ":")) {
            return;
        }
        if (role.sameAs(check) && !agreed(check)) {
            replies.add(new Outgoing(base, from, CheckCodec.roleConflict(message.transactionId(), local.key())));
            return;
        }
        replies.add(new Outgoing(base, from, CheckCodec.success(message.transactionId(), from, local.key())));
        if (maker == null) {
            if (early.size() < MAX_EARLY) {
                early.add(new Early(base, from, check));
            }
            return;
        }
        accept(base, from, check, now);
    }

    /** Two of one role: whether we changed ours; else the far end has to. */
    private boolean agreed(Check check) {
        if (role.prevails(check)) {
            return false;
        }
        switchRole();
        return true;
    }

    private void switchRole() {
        role.change();
        nominating = null;
        checks.sort(role.controlling());
    }

    private void accept(Base base, InetSocketAddress from, Check check, Instant now) {
        CandidatePair pair = checks.find(base, from);
        if (pair == null) {
            pair = reflexive.pair(base, from, check.priority());
            if (pair == null || checks.pairs().size() >= CheckList.MAX_PAIRS) {
                return;
            }
            checks.add(pair, role.controlling());
        }
        if (check.nominates() && !role.controlling()) {
            pair.nominate();
        }
        if (pair.state() == CandidatePair.State.SUCCEEDED) {
            selectIfNominated(pair, now);
        } else if (selected == null && pair.state() != CandidatePair.State.IN_PROGRESS) {
            pair.become(CandidatePair.State.WAITING);
            checks.trigger(pair);
        }
    }

    // ---- responses, RFC 8445 §7.2.5

    private void response(Base base, InetSocketAddress from, StunMessage message, Instant now) {
        CheckMaker made = maker;
        Check.Answer answer = made == null
                ? null
                : CheckCodec.findAnswer(message, made.remote().key());
        if (answer == null) {
            return;
        }
        if (consent != null && consentAnswered(message, answer)) {
            return;
        }
        CheckTransaction transaction = pending.take(message.transactionId());
        if (transaction == null) {
            return;
        }
        CandidatePair pair = transaction.pair();
        if (message.type().kind() == StunClass.ERROR) {
            refused(transaction, answer.errorCode());
        } else if (!pair.joins(base, from) || answer.mapped() == null) {
            failed(pair);
        } else {
            succeeded(transaction, answer.mapped(), now);
        }
    }

    private boolean consentAnswered(StunMessage message, Check.Answer answer) {
        Consent asked = consent;
        if (asked == null || !asked.answered(message.transactionId())) {
            return false;
        }
        if (answer.errorCode() == FORBIDDEN) {
            fail("the far end took its consent back");
        }
        return true;
    }

    private void refused(CheckTransaction transaction, int code) {
        CandidatePair pair = transaction.pair();
        if (code != ROLE_CONFLICT) {
            failed(pair);
            return;
        }
        if (role.sameAs(transaction.check())) {
            switchRole();
        }
        pair.become(CandidatePair.State.WAITING);
        checks.trigger(pair);
    }

    private void failed(CandidatePair pair) {
        pair.become(CandidatePair.State.FAILED);
        if (pair == nominating) {
            nominating = null;
        }
        if (checks.bestValid() == null) {
            firstValid = null;
        }
    }

    private void succeeded(CheckTransaction transaction, InetSocketAddress mapped, Instant now) {
        CandidatePair pair = transaction.pair();
        if (!pair.base().reliable()) {
            pair.validAs(reflexive.seenAs(pair, mapped, transaction.check().priority()));
        }
        pair.become(CandidatePair.State.SUCCEEDED);
        checks.thaw(pair.foundation());
        firstValid = firstValid == null ? now : firstValid;
        if (transaction.check().nominates() && role.controlling()) {
            pair.nominate();
        }
        selectIfNominated(pair, now);
    }

    private void selectIfNominated(CandidatePair pair, Instant now) {
        CandidatePair before = selected;
        boolean better = before == null || pair.priority(role.controlling()) > before.priority(role.controlling());
        if (!pair.nominated() || !better) {
            return;
        }
        selected = pair;
        state = State.CONNECTED;
        consent = new Consent(random, now);
        checks.stop();
        pending.silence();
    }

    // ---- time

    /** What is to be sent now, in order. */
    public List<Outgoing> poll(Instant now) {
        List<Outgoing> out = new ArrayList<>(replies);
        replies.clear();
        if (state == State.CHECKING) {
            checkAll(now, out);
        } else if (state == State.CONNECTED) {
            retransmit(now, out);
            askForConsent(now, out);
        }
        return out;
    }

    private void checkAll(Instant now, List<Outgoing> out) {
        retransmit(now, out);
        nominateIfDue(now);
        if (checks.hasNext() && pace.take(this, now)) {
            CandidatePair pair = checks.next();
            if (pair != null) {
                start(pair, now, out);
            }
        }
        patient = patient && now.isBefore(begun.plus(PATIENCE));
        if (!patient && pending.isEmpty() && !checks.hasNext() && checks.bestValid() == null) {
            fail(
                    checks.pairs().isEmpty()
                            ? "no candidate of the far end fits one of ours"
                            : "none of " + checks.pairs().size() + " candidate pairs was answered");
        }
    }

    private void retransmit(Instant now, List<Outgoing> out) {
        for (CheckTransaction over : pending.over(now)) {
            CandidatePair pair = over.pair();
            if (pair.state() != CandidatePair.State.SUCCEEDED || pair == nominating) {
                failed(pair);
            }
        }
        out.addAll(pending.due(now));
    }

    /** Regular nomination (§8.1.1): the best valid pair, once nothing better is to be waited for. */
    private void nominateIfDue(Instant now) {
        CandidatePair best = checks.bestValid();
        Instant since = firstValid;
        if (!role.controlling() || nominating != null || best == null || since == null) {
            return;
        }
        if (checks.betterUnfinished(best) && now.isBefore(since.plus(BETTER_WITHIN))) {
            return;
        }
        nominating = best;
        checks.trigger(best);
    }

    private void start(CandidatePair pair, Instant now, List<Outgoing> out) {
        boolean nominates = role.controlling() && pair == nominating;
        if (pair.state() != CandidatePair.State.SUCCEEDED) {
            pair.become(CandidatePair.State.IN_PROGRESS);
        }
        CheckMaker made = maker;
        if (made != null) {
            CheckTransaction transaction = made.check(pair, nominates, PendingChecks.rto(checks.unfinished()), now);
            pending.add(transaction);
            out.addAll(pending.due(now));
        }
    }

    private void askForConsent(Instant now, List<Outgoing> out) {
        Consent asked = consent;
        CandidatePair pair = selected;
        CheckMaker made = maker;
        if (asked == null || pair == null || made == null) {
            return;
        }
        if (asked.gone(now)) {
            fail("nothing answered on " + pair + " for " + Consent.LASTS.toSeconds() + " s");
        } else if (asked.isDue(now)) {
            out.add(made.consent(pair, asked, now));
        }
    }

    private void fail(String reason) {
        state = State.FAILED;
        failure = reason;
        pending.clear();
    }

    /** What was sent from there can no longer arrive: a connection that could not be made, or that ended. */
    public void unreachable(Base base, InetSocketAddress to) {
        CandidatePair pair = checks.find(base, to);
        if (pair == null) {
            return;
        }
        pending.forget(pair);
        if (pair == selected) {
            fail("the connection of " + pair + " ended");
        } else if (state == State.CHECKING) {
            failed(pair);
        }
    }

    /** When {@link #poll} is to be called next, or null for when something arrives. */
    @Nullable
    public Instant due() {
        if (!replies.isEmpty()) {
            return Instant.MIN;
        }
        Instant next = state == State.CHECKING || state == State.CONNECTED ? pending.next() : null;
        if (state == State.CHECKING) {
            next = checks.hasNext() ? earlier(next, pace.next(this)) : next;
            next = firstValid == null || !role.controlling() || nominating != null
                    ? next
                    : earlier(next, firstValid.plus(BETTER_WITHIN));
            next = patient ? earlier(next, begun.plus(PATIENCE)) : next;
        } else if (consent != null && state == State.CONNECTED) {
            next = earlier(next, consent.due());
        }
        return next;
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }
}
