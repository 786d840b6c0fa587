package org.pinhole.suite.dropin;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.peer.Kamailio;
import org.pinhole.suite.peer.NeedsPeer;

/**
 * The edge role before a registrar of somebody else's: what phones register goes there with our Path, and what comes back by
 * it leaves on the phone's flow. The phones' own Contacts stay as they are. What Kamailio saw stays in its folder.
 */
@NeedsPeer("kamailio")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class KamailioIT {
    private static final String DESK = "00000000-0000-1000-8000-00000000000a";
    private static final Pattern PATH = Pattern.compile(
            "RECV REGISTER .*path=\\[<sip:([A-Za-z0-9_-]{44})@127\\.0\\.0\\.1:\\d+;transport=udp;lr;ob>]");

    private Site site;
    private Kamailio kamailio;
    private InetSocketAddress connector;
    private InetSocketAddress rewriting;

    @BeforeAll
    void start() throws Exception {
        connector = Loopback.free();
        rewriting = Loopback.free();
        site = Site.assemble("kamailio");
        kamailio = Kamailio.start(Files.createDirectories(site.beside("kamailio-run")), List.of());
        site.install(connector);
        site.operator()
                .set(Map.of(
                        "pinhole.role", "edge",
                        "pinhole.contact", "path",
                        "pinhole.next-hop", kamailio.uri()));
        Files.writeString(
                site.home().resolve("conf/pinhole.properties"),
                "org.example.Push.pinhole.connector=tls://" + Loopback.text(rewriting)
                        + "\norg.example.Push.pinhole.contact=rewrite\n",
                APPEND);
        site.deployPush();
        Files.writeString(site.home().resolve("conf/dars/mobicents-dar.properties"), "");
        site.addUsers();
        site.start(Jdk.running());
    }

    @AfterAll
    void stop() {
        kamailio.close();
        site.close();
    }

    @Test
    @Tag("O-4")
    @Tag("O-6")
    @Tag("O-7")
    @Tag("P-5")
    @Tag("P-10")
    @Tag("trap-8")
    void aFlowThatIsGoneIs430ForTheRegistrarAndAnotherTokenIs403() throws Exception {
        try (PlainPhone alice = alice()) {
            PlainPhone bob = bob();
            bob.register(DESK, 1);
            String token = lastToken();
            alice.begin("MESSAGE", "bob");
            bob.answer(bob.next(), 200, "OK");
            assertThat(alice.nextFinal()).startsWith("SIP/2.0 200");

            long before = closedFlows();
            bob.close();
            await().until(() -> closedFlows() > before);
            alice.begin("MESSAGE", "bob");

            assertThat(alice.nextFinal()).startsWith("SIP/2.0 480");
            assertThat(kamailio.trace()).contains("FAILED MESSAGE with 430");
            assertThat(site.stockSip()
                            .overUdp(
                                    "MESSAGE",
                                    "sip:bob@10.0.0.7",
                                    "Route: <"
                                            + DialogText.altered(site.stockSip().uri(token), token) + ">"))
                    .startsWith("SIP/2.0 403");
        }
    }

    /** Phones that offer SHA-256 as well call each other both ways, and either side hangs up. */
    @Test
    @Tag("O-6")
    @Tag("O-8")
    void twoPhonesRegisterAndCallEachOtherByWayOfKamailio() throws Exception {
        Story.passesAt(site, connector);

        assertThat(kamailio.trace()).contains("RECV INVITE", "RECV ACK", "RECV BYE");
    }

    /** Their Contacts and Vias name a port where a connection would be seen. */
    @Test
    @Tag("O-6")
    @Tag("O-7")
    @Tag("O-8")
    @Tag("P-7")
    @Tag("trap-7")
    void aCallIsRoutedByItsRecordRoutesAloneAndNobodyDialsThePhones() throws Exception {
        try (Decoy decoy = Decoy.listen();
                PlainPhone alice = alice().claiming(decoy);
                PlainPhone bob = bob().claiming(decoy)) {
            bob.register(DESK, 1);
            alice.begin("INVITE", "bob");
            String invite = bob.next();
            bob.answer(invite, 180, "Ringing");
            String ringing = alice.next();
            bob.answer(invite, 200, "OK");
            String ok = alice.nextFinal();
            alice.asCaller("ACK", 3, ok);
            String ack = bob.next();
            alice.asCaller("INFO", 4, ok);
            String info = bob.next();
            bob.answer(info, 200, "OK");
            String informed = alice.nextFinal();
            bob.asCallee("BYE", 1, invite);
            String bye = alice.next();
            alice.answer(bye, 200, "OK");

            assertThat(invite).startsWith("INVITE " + bob.contact() + " SIP/2.0");
            assertThat(DialogText.recordRoutes(invite))
                    .as("each leg names what is reached over its own transport")
                    .satisfiesExactly(
                            this::isTheConnector,
                            this::isTheStockConnector,
                            route -> assertThat(route).startsWith("<" + kamailiosUri() + ";"),
                            this::isTheStockConnector,
                            this::isTheConnector);
            assertThat(ringing).startsWith("SIP/2.0 180");
            assertThat(ok).startsWith("SIP/2.0 200");
            assertThat(ack).startsWith("ACK " + bob.contact() + " SIP/2.0");
            assertThat(info).startsWith("INFO " + bob.contact() + " SIP/2.0");
            assertThat(informed).startsWith("SIP/2.0 200");
            assertThat(bye).startsWith("BYE " + alice.contact() + " SIP/2.0");
            assertThat(bob.nextFinal()).startsWith("SIP/2.0 200");
            decoy.wasNeverDialled();
        }
    }

    /** Mallory has seen all that was said; she is a user of ours, though neither of the two. */
    @Test
    @Tag("O-6")
    @Tag("O-7")
    @Tag("O-8")
    @Tag("O-18")
    @Tag("trap-6")
    @Tag("trap-8")
    void withinADialogTheTokenOfTheRecordRouteDecidesAndOnlyItsPhoneSpeaksForIt() throws Exception {
        try (PlainPhone alice = alice();
                PlainPhone mallory = alice();
                PlainPhone second = bob()) {
            PlainPhone bob = bob();
            bob.register(DESK, 1);
            authenticate(mallory, second);
            alice.begin("INVITE", "bob");
            String invite = bob.next();
            bob.answer(invite, 200, "OK");
            String ok = alice.nextFinal();
            alice.asCaller("ACK", 3, ok);
            assertThat(bob.next()).startsWith("ACK ");

            List<String> tokens = DialogText.recordRoutes(invite).stream()
                    .map(DialogText::tokenOf)
                    .toList();
            String alices = tokens.get(4);
            String bobs = tokens.get(0);
            assertThat(bobs).isEqualTo(lastToken()).isEqualTo(tokens.get(1)).isNotEqualTo(alices);
            assertThat(alices).hasSize(44).isEqualTo(tokens.get(3));

            String tag = DialogText.tagOfCallee(ok);
            String bye = DialogText.byCallee("BYE", 1, invite, tag, "10.1.2.3:49152");
            String info = DialogText.byCaller("INFO", 4, ok, "10.1.2.3:49152");
            refuses(mallory, bye, "Not On A Flow Of This Dialog");
            refuses(bob, DialogText.altered(bye, bobs), "Flow Token Not Genuine");
            refuses(bob, bye.replace(bobs, alices), "Flow Token Not Genuine");
            refuses(bob, bye.replace(";pinhole-flow=" + bobs, ""), "Flow Token Not Genuine");
            refuses(alice, info.replace(alices, bobs), "Flow Token Not Genuine");
            mallory.say(info.replace("INFO", "ACK").replace(alices, bobs)); // of which nobody is told
            assertThat(alice.beforeAPong()).isEmpty();
            assertThat(bob.beforeAPong()).isEmpty();

            long before = closedFlows();
            bob.close();
            await().until(() -> closedFlows() > before);
            alice.asCaller("INFO", 5, ok);
            assertThat(alice.nextFinal()).startsWith("SIP/2.0 480");
            assertThat(kamailio.trace()).contains("REPLY 430 Flow Failed to INFO");
            second.say(DialogText.byCallee("BYE", 2, invite, tag, "10.1.2.3:49152"));
            String hungUp = alice.next();
            alice.answer(hungUp, 200, "OK");

            assertThat(hungUp).startsWith("BYE " + alice.contact() + " SIP/2.0");
            assertThat(second.nextFinal()).startsWith("SIP/2.0 200");
        }
    }

    /** Says something outside any dialog, for which it is asked for its password. */
    private static void authenticate(PlainPhone... phones) throws Exception {
        for (PlainPhone phone : phones) {
            phone.begin("MESSAGE", "nobody");
            assertThat(phone.nextFinal()).startsWith("SIP/2.0 404");
        }
    }

    private static void refuses(PlainPhone phone, String request, String reason) throws Exception {
        phone.say(request.replaceFirst("branch=[^;]*", "branch=z9hG4bK" + UUID.randomUUID()));
        assertThat(phone.nextFinal()).startsWith("SIP/2.0 403 " + reason);
    }

    @Test
    @Tag("O-6")
    void aCallThatIsTakenBackIsCancelledOnTheFlow() throws Exception {
        try (PlainPhone alice = alice();
                PlainPhone bob = bob()) {
            bob.register(DESK, 1);
            String invite = alice.begin("INVITE", "bob");
            String rings = bob.next();
            bob.answer(rings, 180, "Ringing");
            assertThat(alice.next()).startsWith("SIP/2.0 180");

            alice.cancel(invite);
            String cancel = bob.next();
            bob.answer(cancel, 200, "OK");
            bob.answer(rings, 487, "Request Terminated");

            assertThat(cancel).startsWith("CANCEL " + bob.contact() + " SIP/2.0");
            assertThat(bob.next()).startsWith("ACK " + bob.contact() + " SIP/2.0");
            assertThat(alice.nextFinal()).startsWith("SIP/2.0 200").contains(" CANCEL\r\n");
            assertThat(alice.nextFinal()).startsWith("SIP/2.0 487");
        }
    }

    @Test
    @Tag("O-7")
    @Tag("P-7")
    @Tag("trap-7")
    void anAnswerToACallerWhoIsGoneIsDroppedAndNobodyDialsHim() throws Exception {
        try (Decoy decoy = Decoy.listen();
                PlainPhone bob = bob()) {
            bob.register(DESK, 1);
            SSLSocket connection = Loopback.tlsFrom("127.0.0.1", connector, site.caFile());
            connection.setReuseAddress(true); // so that its port is free
            PlainPhone alice =
                    PlainPhone.over(connection, Site.ALICE, Site.ALICE_PASSWORD).claiming(decoy);
            alice.begin("INVITE", "bob");
            String invite = bob.next();
            long before = closedFlows();
            alice.close();
            await().until(() -> closedFlows() > before);

            try (Decoy whereSheWas = Decoy.where(alice.port())) {
                bob.answer(invite, 180, "Ringing");
                bob.answer(invite, 486, "Busy Here");

                assertThat(bob.next()).startsWith("ACK ");
                whereSheWas.wasNeverDialled();
            }
            decoy.wasNeverDialled();
        }
    }

    /** By a registrar that hears of no Path, the phones are reached by their Contacts alone, and each dialog by its route. */
    @Test
    @Tag("O-6")
    @Tag("O-7")
    @Tag("O-8")
    @Tag("P-7")
    @Tag("trap-7")
    void behindARegistrarWithoutPathTheContactsLeadToTheFlows() throws Exception {
        try (Decoy decoy = Decoy.listen();
                PlainPhone alice =
                        phone(rewriting, Site.ALICE, Site.ALICE_PASSWORD).claiming(decoy);
                PlainPhone bob = phone(rewriting, Site.BOB, Site.BOB_PASSWORD).claiming(decoy)) {
            bob.registerPlainly();
            alice.begin("INVITE", "bob");
            String invite = bob.next();
            bob.answer(invite, 200, "OK");
            String ok = alice.nextFinal();
            alice.asCaller("ACK", 3, ok);
            String ack = bob.next();
            alice.asCaller("INFO", 4, ok);
            String info = bob.next();
            bob.answer(info, 200, "OK");
            assertThat(alice.nextFinal()).startsWith("SIP/2.0 200");
            bob.asCallee("BYE", 1, invite);
            String bye = alice.next();
            alice.answer(bye, 200, "OK");

            assertThat(kamailio.trace())
                    .containsPattern("RECV REGISTER .*contact=\\[<sip:[\\w-]{44}@127\\.0\\.0\\.1:" + site.stockSipPort()
                            + ";transport=udp;pinhole-contact=1>] path=\\[<null>]");
            assertThat(invite).startsWith("INVITE " + bob.contact() + " SIP/2.0");
            assertThat(ok).startsWith("SIP/2.0 200");
            assertThat(DialogText.line(ok, "Contact")).doesNotContain(decoy.authority());
            assertThat(ack).startsWith("ACK " + bob.contact() + " SIP/2.0");
            assertThat(info).startsWith("INFO " + bob.contact() + " SIP/2.0");
            assertThat(bye).startsWith("BYE " + alice.contact() + " SIP/2.0");
            assertThat(bob.nextFinal()).startsWith("SIP/2.0 200");
            bob.leave();
            decoy.wasNeverDialled();
        }
    }

    /** Call forwarding: with the phone's own Contact there, whoever follows it would be led in a circle. */
    @Test
    void aRedirectionNamesWhomThePhoneNames() throws Exception {
        for (InetSocketAddress edge : List.of(connector, rewriting)) {
            try (PlainPhone alice = phone(edge, Site.ALICE, Site.ALICE_PASSWORD);
                    PlainPhone bob = phone(edge, Site.BOB, Site.BOB_PASSWORD)) {
                bob.registerPlainly();
                alice.begin("INVITE", "bob");
                String invite = bob.next();
                bob.answer(invite, 302, "Moved Temporarily", "Contact: <sip:carol@example.org>\r\n");

                assertThat(alice.nextFinal())
                        .startsWith("SIP/2.0 302")
                        .contains("\r\nContact: <sip:carol@example.org>\r\n");
                assertThat(bob.next()).startsWith("ACK ");
                bob.leave();
            }
        }
    }

    @Test
    @Tag("O-6")
    @Tag("O-8")
    void whatIsNotifiedLeavesOnTheFlowOfWhoHasSubscribed() throws Exception {
        try (Decoy decoy = Decoy.listen();
                PlainPhone alice = alice().claiming(decoy);
                PlainPhone bob = bob()) {
            bob.register(DESK, 1);
            alice.begin("SUBSCRIBE", "bob", "Event: presence\r\nExpires: 600\r\n");
            String subscribe = bob.next();
            bob.answer(subscribe, 200, "OK", "Contact: <" + bob.contact() + ">\r\nExpires: 600\r\n");
            assertThat(alice.nextFinal()).startsWith("SIP/2.0 200");
            bob.asCallee("NOTIFY", 1, subscribe, "Event: presence\r\nSubscription-State: active;expires=600\r\n");
            String notify = alice.next();
            alice.answer(notify, 200, "OK");

            assertThat(notify).startsWith("NOTIFY " + alice.contact() + " SIP/2.0");
            assertThat(bob.nextFinal()).startsWith("SIP/2.0 200");
            decoy.wasNeverDialled();
        }
    }

    /** Whoever was in a call with a phone has seen its token. The core may use it, from the core's address. */
    @Test
    void aTokenAloneRingsNoPhone() throws Exception {
        try (PlainPhone bob = bob()) {
            bob.register(DESK, 1);
            String route = "Route: <" + site.stockSip().uri(lastToken()) + ">";
            String boss = "P-Asserted-Identity: <sip:boss@pinhole.test>";

            assertThat(site.stockSip()
                            .overUdpFrom(
                                    InetAddress.getByName("127.0.0.2"), "MESSAGE", "sip:bob@10.0.0.7", route, boss))
                    .startsWith("SIP/2.0 403");
            assertThat(bob.beforeAPong()).isEmpty();
        }
    }

    /** The container sends on what names no session of its own, without asking who is calling. */
    @Test
    void aRequestThatOnlyPretendsToBelongToADialogDoesNotReachTheCore() throws Exception {
        try (PlainPhone alice = alice()) {
            alice.register(DESK, 1);
            String route = "<sip:" + Loopback.text(connector) + ";transport=tls;lr>, <" + kamailio.uri() + ";lr>";
            alice.say("INVITE sip:bob@pinhole.test SIP/2.0\r\nVia: SIP/2.0/TLS 10.1.2.3;branch=z9hG4bKpast;rport\r\n"
                    + "Max-Forwards: 70\r\nRoute: " + route + "\r\nFrom: <sip:boss@pinhole.test>;tag=a\r\n"
                    + "To: <sip:bob@pinhole.test>;tag=b\r\nCall-ID: past-the-door\r\nCSeq: 1 INVITE\r\n"
                    + "Contact: <" + alice.contact() + ">\r\nContent-Length: 0\r\n\r\n");

            assertThat(alice.nextFinal()).startsWith("SIP/2.0 481");
            assertThat(kamailio.trace()).doesNotContain("RECV INVITE sip:bob@pinhole.test route=[" + route);
        }
    }

    /** Within a dialog of its own, the container sends on to wherever the phone has written. */
    @Test
    @Tag("O-8")
    void aRouteOfThePhonesOwnMakingLeadsNobodyPastTheNextHop() throws Exception {
        try (Decoy decoy = Decoy.listen();
                PlainPhone alice = alice();
                PlainPhone bob = bob()) {
            bob.register(DESK, 1);
            alice.begin("INVITE", "bob");
            String invite = bob.next();
            bob.answer(invite, 200, "OK");
            String ok = alice.nextFinal();
            alice.asCaller("ACK", 3, ok);
            assertThat(bob.next()).startsWith("ACK ");
            String past = "Route: <sip:" + decoy.authority() + ";transport=tcp;lr>";
            String kamailios = "Route: <" + Pattern.quote(kamailiosUri()) + "[^>]*>";

            String info = DialogText.byCaller("INFO", 4, ok, "10.1.2.3:49152");
            assertThat(info).containsPattern(kamailios);
            alice.say(info.replaceFirst(kamailios, past));
            String informed = bob.next();
            bob.answer(informed, 200, "OK");
            assertThat(informed).startsWith("INFO " + bob.contact() + " SIP/2.0");
            assertThat(alice.nextFinal()).startsWith("SIP/2.0 200");

            String callee = ";tag=" + DialogText.tagOfCallee(ok);
            for (String method : List.of("INFO", "ACK")) {
                alice.say(DialogText.byCaller(method, 5, ok, "10.1.2.3:49152")
                        .replaceFirst(kamailios, past)
                        .replace(callee, ";tag=made-up"));
            }
            assertThat(alice.nextFinal()).startsWith("SIP/2.0 481");

            bob.say(DialogText.byCallee("BYE", 1, invite, callee.substring(5), "10.1.2.3:49152")
                    .replaceFirst(kamailios, past));
            String bye = alice.next();
            alice.answer(bye, 200, "OK");
            assertThat(bye).startsWith("BYE " + alice.contact() + " SIP/2.0");
            assertThat(bob.nextFinal()).startsWith("SIP/2.0 200");
            decoy.wasNeverDialled();
        }
    }

    /** The container sends on, and dials for it, whatever ACK it does not know. */
    @Test
    void anAckOfNothingIsDialledForByNobody() throws Exception {
        try (PlainPhone alice = alice();
                Decoy decoy = Decoy.listen()) {
            alice.register(DESK, 1);
            for (String transport : List.of("tcp", "tls")) {
                alice.say("ACK sip:x@" + decoy.authority() + ";transport=" + transport + " SIP/2.0\r\n"
                        + "Via: SIP/2.0/TLS 10.1.2.3;branch=z9hG4bKnothing" + transport + ";rport\r\n"
                        + "Max-Forwards: 70\r\nFrom: <sip:alice@pinhole.test>;tag=a\r\nTo: <sip:x@pinhole.test>;tag=b\r\n"
                        + "Call-ID: nothing-" + transport + "\r\nCSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n");
            }

            assertThat(alice.beforeAPong()).isEmpty();
            decoy.wasNeverDialled();
            assertThat(site.log()).doesNotContain("nothing-tcp", "nothing-tls"); // nor has the container tried to
        }
    }

    /** The container would write each, whole and with a trace, into its log. */
    @Test
    void aResponseToNothingGoesNoFurtherThanTheDoor() throws Exception {
        try (PlainPhone alice = alice()) {
            alice.register(DESK, 1);
            String call =
                    "\r\nFrom: <sip:x@pinhole.test>;tag=a\r\nTo: <sip:alice@pinhole.test>;tag=b\r\nCall-ID: answers-nothing\r\n";
            alice.say("SIP/2.0 200 OK\r\nVia: SIP/2.0/TLS " + Loopback.text(connector)
                    + ";branch=z9hG4bKanswersnothing_1_2" + call + "CSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n");
            alice.say(
                    "MESSAGE sip:nobody@pinhole.test SIP/2.0\r\nVia: SIP/2.0/TLS 10.1.2.3;branch=z9hG4bKbehindit;rport\r\n"
                            + "Max-Forwards: 70" + call.replace(";tag=b", "")
                            + "CSeq: 2 MESSAGE\r\nContent-Length: 0\r\n\r\n");

            assertThat(alice.nextFinal()).startsWith("SIP/2.0 407");
            assertThat(site.log()).doesNotContain("answersnothing");
        }
    }

    private void isTheConnector(String route) {
        assertThat(route)
                .startsWith("<sip:" + Loopback.text(connector) + ";transport=tls;")
                .endsWith(";lr>");
    }

    private void isTheStockConnector(String route) {
        assertThat(route)
                .startsWith("<sip:127.0.0.1:" + site.stockSipPort() + ";transport=udp;")
                .endsWith(";lr>");
    }

    private String kamailiosUri() {
        return kamailio.uri().replace(";transport=udp", "");
    }

    private PlainPhone alice() throws Exception {
        return phone(connector, Site.ALICE, Site.ALICE_PASSWORD);
    }

    private PlainPhone bob() throws Exception {
        return phone(connector, Site.BOB, Site.BOB_PASSWORD);
    }

    private PlainPhone phone(InetSocketAddress edge, String user, String password) throws Exception {
        return PlainPhone.connect(edge, site.caFile(), user, password);
    }

    private long closedFlows() throws Exception {
        return site.log()
                .lines()
                .filter(line -> line.matches(".*flow \\S+ closed: .*"))
                .count();
    }

    private String lastToken() throws Exception {
        Matcher matcher = PATH.matcher(kamailio.trace());
        String token = "";
        while (matcher.find()) {
            token = matcher.group(1);
        }
        assertThat(token).as("%s", kamailio.trace()).hasSize(44);
        return token;
    }
}
