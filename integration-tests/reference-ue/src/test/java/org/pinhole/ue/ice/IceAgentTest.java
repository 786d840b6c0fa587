package org.pinhole.ue.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.ue.ice.CandidateType.HOST;
import static org.pinhole.ue.ice.CandidateType.PEER_REFLEXIVE;
import static org.pinhole.ue.ice.CandidateType.RELAYED;
import static org.pinhole.ue.ice.CandidateType.SERVER_REFLEXIVE;
import static org.pinhole.ue.ice.IceNetwork.candidate;
import static org.pinhole.ue.ice.IceTransport.TCP_ACTIVE;
import static org.pinhole.ue.ice.IceTransport.TCP_PASSIVE;
import static org.pinhole.ue.ice.IceTransport.UDP;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.ice.IceNetwork.Port;

@Tag("U-10")
class IceAgentTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final IceCredentials ALICES = new IceCredentials("alic", "alice's password of 22 c");
    private static final IceCredentials BOBS = new IceCredentials("bobb", "bob's password of 22 cha");

    private final IceNetwork net = new IceNetwork();
    private IceAgent alice = new IceAgent(ALICES, List.of(), true, new Pace(), new Random(1));
    private IceAgent bob = new IceAgent(BOBS, List.of(), false, new Pace(), new Random(2));

    private void between(List<LocalCandidate> alices, List<LocalCandidate> bobs) {
        alice = new IceAgent(ALICES, alices, true, new Pace(), new Random(1));
        bob = new IceAgent(BOBS, bobs, false, new Pace(), new Random(2));
        connect(alice, alices);
        connect(bob, bobs);
    }

    private void connect(IceAgent agent, List<LocalCandidate> locals) {
        net.connect(agent, locals.stream().map(one -> (Port) one.base()).toArray(Port[]::new));
    }

    private void start(List<LocalCandidate> alices, List<LocalCandidate> bobs) {
        between(alices, bobs);
        bob.remote(ALICES, described(alices), net.now());
        alice.remote(BOBS, described(bobs), net.now());
    }

    private static List<Candidate> described(List<LocalCandidate> locals) {
        return locals.stream().map(LocalCandidate::candidate).toList();
    }

    private static LocalCandidate host(String address) {
        return candidate(HOST, UDP, address, IceNetwork.udp(address));
    }

    private static LocalCandidate relay(String address) {
        return candidate(RELAYED, UDP, address, IceNetwork.udp(address));
    }

    private boolean connected() {
        return alice.state() == IceAgent.State.CONNECTED && bob.state() == IceAgent.State.CONNECTED;
    }

    private static String pair(IceAgent agent) {
        return String.valueOf(agent.selected());
    }

    @Test
    void twoHostsThatReachEachOtherSelectOnePair() {
        start(List.of(host("192.0.2.1:1000")), List.of(host("192.0.2.2:2000")));

        assertThat(net.run(MINUTE, this::connected)).isTrue();
        assertThat(pair(alice)).isEqualTo("host udp 192.0.2.1:1000 to host udp 192.0.2.2:2000");
        assertThat(pair(bob)).isEqualTo("host udp 192.0.2.2:2000 to host udp 192.0.2.1:1000");
    }

    @Test
    @Tag("U-16")
    void withADirectPathTheRelaysAreNotTaken() {
        start(
                List.of(host("192.0.2.1:1000"), relay("203.0.113.1:1")),
                List.of(host("192.0.2.2:2000"), relay("203.0.113.1:2")));

        assertThat(net.run(MINUTE, this::connected)).isTrue();
        assertThat(alice.selected())
                .isNotNull()
                .extracting(CandidatePair::relayed)
                .isEqualTo(false);
        assertThat(bob.selected())
                .isNotNull()
                .extracting(CandidatePair::relayed)
                .isEqualTo(false);
    }

    @Test
    @Tag("U-16")
    void aDirectPathThatLosesItsFirstChecksStillComesBeforeTheRelays() {
        net.drop((from, to) -> net.now().isBefore(Instant.EPOCH.plusMillis(1200))
                && !from.toString().contains("203.0.113.1"));
        start(
                List.of(host("192.0.2.1:1000"), relay("203.0.113.1:1")),
                List.of(host("192.0.2.2:2000"), relay("203.0.113.1:2")));

        assertThat(net.run(MINUTE, this::connected)).isTrue();
        assertThat(pair(alice)).isEqualTo("host udp 192.0.2.1:1000 to host udp 192.0.2.2:2000");
    }

    @Test
    @Tag("U-16")
    void whereNothingDirectPassesTheRelaysDoWithinSeconds() {
        net.drop((from, to) -> !from.toString().contains("203.0.113.1")
                || !to.getAddress().getHostAddress().equals("203.0.113.1"));
        start(
                List.of(host("192.0.2.1:1000"), relay("203.0.113.1:1")),
                List.of(host("192.0.2.2:2000"), relay("203.0.113.1:2")));

        assertThat(net.run(Duration.ofSeconds(5), this::connected)).isTrue();
        assertThat(pair(alice)).isEqualTo("relay udp 203.0.113.1:1 to relay udp 203.0.113.1:2");
    }

    @Test
    @Tag("U-16")
    void udpWinsOverTcpWhereBothAreAlive() {
        List<LocalCandidate> alices = List.of(
                candidate(HOST, TCP_ACTIVE, "192.0.2.1:9", IceNetwork.tcp("192.0.2.1:4444")), host("192.0.2.1:1000"));
        List<LocalCandidate> bobs = List.of(
                candidate(HOST, TCP_PASSIVE, "192.0.2.2:5555", IceNetwork.tcp("192.0.2.2:5555")),
                host("192.0.2.2:2000"));
        start(alices, bobs);

        assertThat(net.run(MINUTE, this::connected)).isTrue();
        assertThat(pair(alice)).startsWith("host udp");
        assertThat(pair(bob)).startsWith("host udp");
    }

    @Test
    @Tag("U-15")
    @Tag("U-16")
    void tcpIsTakenWhereNoUdpPasses() {
        net.drop((from, to) -> !from.reliable());
        List<LocalCandidate> alices = List.of(
                candidate(HOST, TCP_ACTIVE, "192.0.2.1:9", IceNetwork.tcp("192.0.2.1:4444")), host("192.0.2.1:1000"));
        List<LocalCandidate> bobs = List.of(
                candidate(HOST, TCP_PASSIVE, "192.0.2.2:5555", IceNetwork.tcp("192.0.2.2:5555")),
                host("192.0.2.2:2000"));
        start(alices, bobs);

        assertThat(net.run(MINUTE, this::connected)).isTrue();
        assertThat(pair(alice)).isEqualTo("host tcp 192.0.2.1:9 to host tcp 192.0.2.2:5555");
        assertThat(pair(bob)).isEqualTo("host tcp 192.0.2.2:5555 to prflx tcp 192.0.2.1:4444");
    }

    @Test
    void anAddressThatATranslatorMadeIsLearnedFromTheChecksOnBothSides() {
        Port translated = IceNetwork.udp("198.51.100.1:7777");
        start(List.of(candidate(HOST, UDP, "10.0.0.1:1000", translated)), List.of(host("192.0.2.2:2000")));

        assertThat(net.run(MINUTE, this::connected)).isTrue();
        assertThat(alice.selected())
                .isNotNull()
                .extracting(pair -> pair.local().type())
                .isEqualTo(PEER_REFLEXIVE);
        assertThat(pair(bob)).isEqualTo("host udp 192.0.2.2:2000 to prflx udp 198.51.100.1:7777");
    }

    @Test
    void aServerReflexiveCandidateIsNotCheckedFromButIsKnownWhenItIsSeen() {
        Port translated = IceNetwork.udp("198.51.100.1:7777");
        start(
                List.of(
                        candidate(HOST, UDP, "10.0.0.1:1000", translated),
                        candidate(SERVER_REFLEXIVE, UDP, "198.51.100.1:7777", translated)),
                List.of(host("192.0.2.2:2000")));

        assertThat(net.run(MINUTE, this::connected)).isTrue();
        assertThat(alice.pairs()).hasSize(1);
        assertThat(pair(alice)).isEqualTo("srflx udp 198.51.100.1:7777 to host udp 192.0.2.2:2000");
    }

    @Test
    void checksThatComeBeforeTheDescriptionAreAnsweredAndCountOnceItIsThere() {
        List<LocalCandidate> alices = List.of(host("192.0.2.1:1000"));
        List<LocalCandidate> bobs = List.of(host("192.0.2.2:2000"));
        between(alices, bobs);
        bob.remote(ALICES, described(alices), net.now());

        net.run(Duration.ofSeconds(2), () -> false);
        alice.remote(BOBS, described(bobs), net.now());

        assertThat(bob.state()).isEqualTo(IceAgent.State.CHECKING);
        assertThat(net.run(MINUTE, this::connected)).isTrue();
    }

    @Test
    void twoThatBothWantToControlAgreeOnOne() {
        List<LocalCandidate> alices = List.of(host("192.0.2.1:1000"));
        List<LocalCandidate> bobs = List.of(host("192.0.2.2:2000"));
        alice = new IceAgent(ALICES, alices, true, new Pace(), new Random(1));
        bob = new IceAgent(BOBS, bobs, true, new Pace(), new Random(2));
        connect(alice, alices);
        connect(bob, bobs);
        alice.remote(BOBS, described(bobs), net.now());
        bob.remote(ALICES, described(alices), net.now());

        assertThat(net.run(MINUTE, this::connected)).isTrue();
        assertThat(alice.controlling()).isNotEqualTo(bob.controlling());
    }

    @Test
    void twoThatBothWantToBeControlledAgreeOnOne() {
        List<LocalCandidate> alices = List.of(host("192.0.2.1:1000"));
        List<LocalCandidate> bobs = List.of(host("192.0.2.2:2000"));
        alice = new IceAgent(ALICES, alices, false, new Pace(), new Random(1));
        bob = new IceAgent(BOBS, bobs, false, new Pace(), new Random(2));
        connect(alice, alices);
        connect(bob, bobs);
        alice.remote(BOBS, described(bobs), net.now());
        bob.remote(ALICES, described(alices), net.now());

        assertThat(net.run(MINUTE, this::connected)).isTrue();
        assertThat(alice.controlling()).isNotEqualTo(bob.controlling());
    }

    /** An agent of a session with that many pairs to check, each of a foundation of its own, and nobody to answer. */
    private IceAgent unanswered(Pace session, String address, int pairs) {
        List<LocalCandidate> ours = List.of(host(address));
        List<Candidate> theirs = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            theirs.add(new Candidate(
                    "foundation " + i, UDP, 1000 - i, IceNetwork.address("192.0.2.2:" + (2000 + i)), HOST, null));
        }
        IceAgent agent = new IceAgent(ALICES, ours, true, session, new Random(address.hashCode()));
        connect(agent, ours);
        agent.remote(BOBS, theirs, net.now());
        return agent;
    }

    @Test
    void newChecksOfAllStreamsOfASessionLeaveTaApartAndTheStreamsTakeTurns() {
        Pace session = new Pace();
        IceAgent audio = unanswered(session, "192.0.2.1:1000", 5);
        IceAgent message = unanswered(session, "192.0.2.1:1001", 5);

        net.run(Duration.ofSeconds(2), () -> false);

        List<IceNetwork.Begun> begun = net.begun();
        assertThat(begun).as("all were checked").hasSize(10);
        for (int i = 1; i < begun.size(); i++) {
            assertThat(Duration.between(begun.get(i - 1).at(), begun.get(i).at()))
                    .isBetween(Pace.TA, Pace.TA.multipliedBy(2));
        }
        for (int i = 0; i < begun.size(); i++) {
            assertThat(begun.get(i).by()).isSameAs(i % 2 == 0 ? audio : message);
        }
    }

    @Test
    void aStreamThatOnlyWaitsForAnswersTakesNoTurn() {
        Pace session = new Pace();
        List<LocalCandidate> ours = List.of(host("192.0.2.1:1001"));
        IceAgent waits = new IceAgent(ALICES, ours, true, session, new Random(1));
        connect(waits, ours);
        waits.remote(BOBS, described(List.of(host("192.0.2.3:1"), host("192.0.2.3:2"))), net.now());
        net.run(Duration.ofMillis(100), () -> false);
        assertThat(net.begun()).as("one of a foundation, the other frozen").hasSize(1);

        IceAgent checks = unanswered(session, "192.0.2.1:1000", 5);
        net.run(Duration.ofMillis(400), () -> false);

        assertThat(net.begun()).filteredOn(one -> one.by() == checks).hasSize(5);
    }

    @Test
    void whereNothingAnswersItFailsWithTheReason() {
        net.drop((from, to) -> true);
        start(List.of(host("192.0.2.1:1000")), List.of(host("192.0.2.2:2000")));

        assertThat(net.run(Duration.ofMinutes(2), () -> alice.state() == IceAgent.State.FAILED))
                .isTrue();
        assertThat(alice.failure()).isEqualTo("none of 1 candidate pairs was answered");
        assertThat(alice.due()).isNull();
    }

    @Test
    void candidatesThatDoNotFitFailWithTheReason() {
        start(
                List.of(host("192.0.2.1:1000")),
                List.of(candidate(HOST, TCP_PASSIVE, "192.0.2.2:5555", IceNetwork.tcp("192.0.2.2:5555"))));

        assertThat(net.run(Duration.ofMinutes(2), () -> alice.state() == IceAgent.State.FAILED))
                .isTrue();
        assertThat(alice.failure()).isEqualTo("no candidate of the far end fits one of ours");
    }

    @Test
    @Tag("U-14")
    void anIdlePairIsKeptAliveByConsentForAsLongAsItIsAnswered() {
        start(List.of(host("192.0.2.1:1000")), List.of(host("192.0.2.2:2000")));
        net.run(MINUTE, this::connected);
        int before = net.sent().size();

        net.run(Duration.ofMinutes(10), () -> !connected());

        assertThat(connected()).isTrue();
        // Both ask every 4 to 6 s.
        assertThat(net.sent().size() - before).isBetween(2 * 100, 2 * 151);
        for (int i = before + 2; i < net.sent().size(); i++) {
            assertThat(Duration.between(net.sent().get(i - 2), net.sent().get(i)))
                    .isLessThan(Duration.ofSeconds(13));
        }
    }

    @Test
    @Tag("U-14")
    void aPairThatIsNoLongerAnsweredIsGiven30Seconds() {
        start(List.of(host("192.0.2.1:1000")), List.of(host("192.0.2.2:2000")));
        net.run(MINUTE, this::connected);
        Instant cut = net.now();
        net.drop((from, to) -> true);

        assertThat(net.run(MINUTE, () -> alice.state() == IceAgent.State.FAILED))
                .isTrue();
        assertThat(Duration.between(cut, net.now())).isBetween(Duration.ofSeconds(23), Duration.ofSeconds(31));
        assertThat(alice.failure()).contains("for 30 s");
    }

    @Test
    void aStrangersChecksAndAnswersChangeNothing() {
        List<LocalCandidate> alices = List.of(host("192.0.2.1:1000"));
        List<LocalCandidate> bobs = List.of(host("192.0.2.2:2000"));
        between(alices, bobs);
        alice.remote(BOBS, described(bobs), net.now());
        IceCredentials guessed = new IceCredentials("bobb", "a wrong guess of 22 char");
        IceAgent mallory = new IceAgent(guessed, bobs, false, new Pace(), new Random(3));
        net.connect(mallory, (Port) bobs.get(0).base());
        mallory.remote(new IceCredentials("alic", "another guess of 22 char"), described(alices), net.now());

        assertThat(net.run(Duration.ofSeconds(10), () -> alice.selected() != null))
                .isFalse();
        assertThat(alice.state()).isEqualTo(IceAgent.State.CHECKING);
    }

    @Test
    @Tag("U-15")
    void aConnectionThatCannotBeMadeEndsItsPairAtOnce() {
        LocalCandidate active = candidate(HOST, TCP_ACTIVE, "192.0.2.1:9", IceNetwork.tcp("192.0.2.1:4444"));
        LocalCandidate passive = candidate(HOST, TCP_PASSIVE, "192.0.2.2:5555", IceNetwork.tcp("192.0.2.2:5555"));
        start(List.of(active), List.of(passive));
        alice.poll(net.now());

        alice.unreachable(active.base(), passive.candidate().address());

        assertThat(alice.pairs().get(0).state()).isEqualTo(CandidatePair.State.FAILED);
    }
}
