package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pinhole.suite.container.Jdk;
import org.pinhole.ue.digest.Challenge;

/** A phone on two flows, at the registrar role: what becomes of a call when the flow that was taken is none any more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class FailoverIT {
    private static final String DESK = "00000000-0000-1000-8000-00000000000a";
    private static final String CELL = "00000000-0000-1000-8000-00000000000b";

    private Site site;
    private InetSocketAddress connector;
    private PlainPhone alice;
    private PlainPhone older;
    private PlainPhone younger;

    @BeforeAll
    void start() throws Exception {
        connector = Loopback.free();
        site = Site.assemble("failover");
        site.install(connector);
        site.operator().set(Map.of("pinhole.role", "registrar", "pinhole.failover.seconds", "5"));
        Files.writeString(site.home().resolve("conf/dars/mobicents-dar.properties"), "");
        site.addUsers();
        site.start(Jdk.running());
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @BeforeEach
    void aPhoneOnTwoFlows() throws Exception {
        alice = PlainPhone.connect(connector, site.caFile(), Site.ALICE, Site.ALICE_PASSWORD);
        older = bob();
        younger = bob();
        older.register(DESK, 1);
        younger.register(DESK, 2);
    }

    @AfterEach
    void theyLeave() throws Exception {
        alice.close();
        older.close();
        younger.close();
    }

    @Test
    @Tag("O-12")
    @Tag("O-14")
    void aRegistrationListsTheFlowsThatThereAreWithThePhonesOwnContacts() throws Exception {
        String gone = younger.contact();
        String both = older.register(DESK, 1);
        younger.close();
        String one = older.register(DESK, 1);
        while (one.contains("reg-id=2")) { // until the container has noticed
            one = older.register(DESK, 1);
        }

        assertThat(both).contains("Require: outbound", older.contact(), gone, "reg-id=1", "reg-id=2");
        assertThat(one).contains(older.contact()).doesNotContain(gone);
    }

    @Test
    @Tag("O-13")
    void aFlowThatStaysSilentIsReplacedAndWhatItSaysLaterIsCancelled() throws Exception {
        alice.begin("INVITE", "bob");
        String unanswered = younger.next();

        String invite = older.next();
        younger.answer(unanswered, 180, "Ringing");
        String cancel = younger.next();
        older.answer(invite, 180, "Ringing");
        older.answer(invite, 200, "OK");

        assertThat(unanswered).startsWith("INVITE " + younger.contact());
        assertThat(invite).startsWith("INVITE " + older.contact());
        assertThat(cancel).startsWith("CANCEL " + younger.contact());
        assertThat(alice.nextFinal()).startsWith("SIP/2.0 200");
    }

    @Test
    @Tag("O-13")
    void aBusyPhoneIsNotTriedByItsOtherFlow() throws Exception {
        alice.begin("INVITE", "bob");

        younger.answer(younger.next(), 486, "Busy Here");

        assertThat(alice.nextFinal()).startsWith("SIP/2.0 486");
        assertThat(older.beforeAPong()).isEmpty();
    }

    @Test
    void aRedirectionNamesWhomThePhoneNames() throws Exception {
        alice.begin("INVITE", "bob");

        younger.answer(younger.next(), 302, "Moved Temporarily", "Contact: <sip:carol@example.org>\r\n");

        assertThat(alice.nextFinal()).startsWith("SIP/2.0 302").contains("\r\nContact: <sip:carol@example.org>\r\n");
    }

    /** Where no Record-Route is but ours, the Request-URI decides where a request goes. */
    @Test
    @Tag("O-8")
    void withinACallWhatTheCallerSaysGoesToWhereTheOtherSaysThatItIsAndNowhereElse() throws Exception {
        try (Decoy decoy = Decoy.listen()) {
            alice.begin("INVITE", "bob");
            younger.answer(younger.next(), 200, "OK");
            String ok = alice.nextFinal();
            alice.asCaller("ACK", 3, ok);
            assertThat(younger.next()).startsWith("ACK " + younger.contact());
            alice.asCaller("INFO", 4, ok);
            younger.answer(younger.next(), 200, "OK");
            assertThat(alice.nextFinal()).startsWith("SIP/2.0 200");

            for (String method : List.of("ACK", "INFO")) {
                String toTheDecoy = method + " sip:x@" + decoy.authority() + ";transport=tcp";
                alice.say(DialogText.byCaller(method, 5, ok, "10.1.2.3:49152")
                        .replaceFirst(method + " \\S+", toTheDecoy));
            }

            assertThat(alice.nextFinal()).startsWith("SIP/2.0 481");
            assertThat(younger.beforeAPong()).isEmpty();
            decoy.wasNeverDialled();
        }
    }

    @Test
    void ofAUsersFlowsTheOldestMakesRoomForOneThatIsTooMany() throws Exception {
        await().until(() -> flowsInTheLog("authenticated ") - flowsInTheLog("closed: ") == 2);
        List<PlainPhone> more = new ArrayList<>();
        try {
            for (int flow = 3; flow <= 65; flow++) {
                PlainPhone phone = bob();
                more.add(phone);
                phone.begin("MESSAGE", "nobody");
                assertThat(phone.nextFinal()).startsWith("SIP/2.0 480");
            }

            assertThat(older.next()).isEqualTo("closed");
            assertThat(younger.beforeAPong()).isEmpty();
            for (PlainPhone phone : more) {
                assertThat(phone.beforeAPong()).isEmpty();
            }
            assertThat(site.log()).contains("bob@pinhole.test: has more than 64 flows (pinhole.limits.flows-per-user)");
        } finally {
            for (PlainPhone phone : more) {
                phone.close();
            }
        }
    }

    private long flowsInTheLog(String words) throws Exception {
        return site.log()
                .lines()
                .filter(line -> line.matches(".*flow \\S+ " + words + ".*"))
                .count();
    }

    @Test
    @Tag("O-13")
    void aFlowThatDiesWhileItsPhoneRingsIsReplaced() throws Exception {
        alice.begin("INVITE", "bob");
        younger.answer(younger.next(), 180, "Ringing");
        assertThat(alice.next()).startsWith("SIP/2.0 180");

        younger.close();
        older.answer(older.next(), 486, "Busy Here");

        assertThat(alice.nextFinal()).startsWith("SIP/2.0 486");
    }

    @Test
    @Tag("O-13")
    void phonesRingAtOnceAndOneThatIsSilentDoesNotKeepTheOthersAnswerBack() throws Exception {
        try (PlainPhone cell = bob()) {
            cell.register(CELL, 1);

            alice.begin("MESSAGE", "bob");
            String toDesk = younger.next();
            cell.answer(cell.next(), 200, "OK");

            assertThat(toDesk).startsWith("MESSAGE");
            assertThat(alice.nextFinal()).startsWith("SIP/2.0 200");
            assertThat(older.beforeAPong()).isEmpty();
        }
    }

    @Test
    @Tag("D-15")
    void whatEachPhoneAsksForIsInTheOneAnswerInThatPhonesOrder() throws Exception {
        try (PlainPhone cell = bob()) {
            cell.register(CELL, 1);

            alice.begin("INVITE", "bob");
            younger.answer(younger.next(), 401, "Unauthorized", challenges("desk"));
            cell.answer(cell.next(), 401, "Unauthorized", challenges("cell"));

            String answer = alice.nextFinal();
            assertThat(answer).startsWith("SIP/2.0 401");
            assertThat(algorithms(answer, "desk")).containsExactly("SHA-256", "MD5");
            assertThat(algorithms(answer, "cell")).containsExactly("SHA-256", "MD5");
        }
    }

    private static String challenges(String realm) {
        String challenge = "WWW-Authenticate: Digest realm=\"" + realm + "\",nonce=\"n\",qop=\"auth\",algorithm=";
        return challenge + "SHA-256\r\n" + challenge + "MD5\r\n";
    }

    private static List<String> algorithms(String answer, String realm) {
        return answer.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("www-authenticate:"))
                .map(line ->
                        Challenge.parse(line.substring(line.indexOf(':') + 1).trim()))
                .filter(challenge -> challenge.realm().equals(realm))
                .map(challenge -> Objects.requireNonNull(challenge.algorithm()).token())
                .toList();
    }

    @Test
    @Tag("O-18")
    @Tag("trap-8")
    void aCallerIsNeverToldThatAFlowFailed() throws Exception {
        alice.begin("INVITE", "bob");
        younger.next();
        older.close();
        younger.close();

        assertThat(alice.nextFinal()).startsWith("SIP/2.0 4").doesNotStartWith("SIP/2.0 430");
    }

    /** Each side of a call is one of our users, on whichever of his flows. */
    @Test
    @Tag("O-6")
    @Tag("O-7")
    void withinADialogOfTwoOfOurPhonesNeitherSpeaksForTheOther() throws Exception {
        alice.begin("INVITE", "bob");
        String invite = younger.next();
        younger.answer(invite, 200, "OK");
        String ok = alice.nextFinal();
        alice.asCaller("ACK", 3, ok);
        String ack = younger.next();
        String tag = DialogText.tagOfCallee(ok);

        alice.say(DialogText.byCallee("BYE", 1, invite, tag, "10.1.2.3:49152"));
        String toTheCaller = alice.nextFinal();
        older.say(DialogText.byCaller("BYE", 4, ok, "10.1.2.3:49152"));
        String toTheCalled = older.nextFinal();
        assertThat(younger.beforeAPong()).isEmpty();
        younger.close();
        older.say(DialogText.byCallee("BYE", 2, invite, tag, "10.1.2.3:49152"));
        String bye = alice.next();
        alice.answer(bye, 200, "OK");

        assertThat(ack).startsWith("ACK " + younger.contact() + " SIP/2.0");
        assertThat(toTheCaller).startsWith("SIP/2.0 403 Not On A Flow Of This Dialog");
        assertThat(toTheCalled).startsWith("SIP/2.0 403 Not On A Flow Of This Dialog");
        assertThat(bye).startsWith("BYE " + alice.contact() + " SIP/2.0");
        assertThat(older.nextFinal()).startsWith("SIP/2.0 200");
    }

    private PlainPhone bob() throws Exception {
        return PlainPhone.connect(connector, site.caFile(), Site.BOB, Site.BOB_PASSWORD);
    }
}
