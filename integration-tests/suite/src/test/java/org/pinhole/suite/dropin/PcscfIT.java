package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pinhole.suite.container.Jdk;

/** The role p-cscf in a running container, between phones and a core that says what the tests have it say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class PcscfIT {
    private static final String CHALLENGE =
            "Digest realm=\"" + Site.DOMAIN + "\",nonce=\"n1\",algorithm=MD5,qop=\"auth\"";
    private static final String BOB = "sip:bob@" + Site.DOMAIN;

    /** The first of an IMS phone, and a lie with it. */
    private static final String EMPTY = "Authorization: Digest username=\"alice\",realm=\"r\",nonce=\"\",uri=\"sip:r\","
            + "response=\"\",integrity-protected=\"tls-yes\"\r\n";

    private Site site;
    private ScriptedCore core;
    private InetSocketAddress connector;
    private InetSocketAddress clear;
    private TalkingStranger stranger;

    @BeforeAll
    void start() throws Exception {
        connector = Loopback.free();
        clear = Loopback.free();
        site = Site.assemble("p-cscf");
        core = new ScriptedCore(site.stockSipPort());
        site.install(connector);
        site.operator()
                .set(Map.of(
                        "pinhole.connector", "tls://" + Loopback.text(connector) + ",tcp://" + Loopback.text(clear),
                        "pinhole.role", "p-cscf",
                        "pinhole.contact", "path",
                        "pinhole.next-hop", core.uri(),
                        "pinhole.p-cscf.visited-network", "visited.example",
                        "pinhole.p-cscf.registration-seconds", "8",
                        "pinhole.p-cscf.emergency", core.uri(),
                        "pinhole.p-cscf.core-sources", "127.0.0.1"));
        Files.writeString(site.home().resolve("conf/dars/mobicents-dar.properties"), "");
        LostCallsFile.installInto(site.home());
        site.start(Jdk.running());
        stranger = new TalkingStranger(phone("stranger"));
    }

    @AfterAll
    void stop() throws Exception {
        stranger.close();
        core.close();
        site.close();
    }

    private ImsPhone phone(String user) throws Exception {
        return ImsPhone.connect(connector, site.caFile(), user, "unused");
    }

    @Test
    @Tag("P-10")
    @Tag("P-11")
    @Tag("P-12")
    @Tag("P-16")
    @Tag("P-27")
    @Tag("D-12")
    @Tag("K-7")
    @Tag("trap-11")
    void aRegistrationPassesWithWhatOnlyWeMaySay() throws Exception {
        try (ImsPhone alice = phone("alice")) {
            alice.register("P-Asserted-Identity: <sip:boss@" + Site.DOMAIN + ">\r\nP-Visited-Network-ID: elsewhere\r\n"
                    + "P-Charging-Vector: icid-value=forged\r\nPath: <sip:forged@192.0.2.1;lr>\r\n" + EMPTY);
            String first = core.next("REGISTER");

            assertThat(first)
                    .containsPattern("Path: <sip:[A-Za-z0-9_-]{44}@127\\.0\\.0\\.1:" + site.stockSipPort()
                            + ";transport=udp;lr;ob>\r\n")
                    .contains("Require: path\r\n", "P-Visited-Network-ID: \"visited.example\"\r\n")
                    .containsPattern(
                            "P-Charging-Vector: icid-value=\"?[0-9a-f-]{36}\"?;icid-generated-at=127\\.0\\.0\\.1;"
                                    + "orig-ioi=\"Type 1visited\\.example\"\r\n")
                    .contains("Contact: <" + alice.contact() + ">")
                    .doesNotContain("integrity-protected", "forged", "boss", "elsewhere");

            core.answer(first, "401 Unauthorized", "WWW-Authenticate: " + CHALLENGE + "\r\n");
            String challenged = alice.next();
            assertThat(challenged).startsWith("SIP/2.0 401").doesNotContain("Security-Server", "keep=");
            assertThat(ImsPhone.value(challenged, "WWW-Authenticate")).isEqualToIgnoringWhitespace(CHALLENGE);
            alice.register(alice.answerTo(challenged));
            String second = core.next("REGISTER");
            assertThat(second).contains("integrity-protected=\"tls-pending\"");

            core.answer(
                    second,
                    "200 OK",
                    granted(alice, 600) + "P-Charging-Vector: icid-value=\"1\"\r\n" + "Path: "
                            + ImsPhone.value(second, "Path") + "\r\n"
                            + "Authentication-Info: qop=auth,rspauth=\"ab\",nextnonce=\"n2\"\r\n");
            assertThat(alice.next())
                    .startsWith("SIP/2.0 200")
                    .contains("Service-Route: ", "P-Associated-URI: ", ";keep=45", "Flow-Timer: 45\r\n")
                    .contains("Path: " + ImsPhone.value(second, "Path") + "\r\n")
                    .containsPattern("Authentication-Info: qop=auth, ?rspauth=\"ab\", ?nextnonce=\"n2\"\r\n")
                    .doesNotContain("P-Charging");
            alice.register(alice.answerTo(challenged));
            assertThat(core.next("REGISTER")).contains("integrity-protected=\"tls-yes\"");
            alice.register(alice.answerTo(challenged) + EMPTY.replace("alice", "boss"));
            assertThat(alice.next()).as("one proves, the other rides along").startsWith("SIP/2.0 400");
        }
    }

    @Test
    @Tag("P-13")
    @Tag("P-14")
    void withoutTlsTheAddressAndPortAreTheAssociation() throws Exception {
        try (ImsPhone henry = ImsPhone.connectInTheClear(clear, "henry")) {
            henry.register(EMPTY);
            String first = core.next("REGISTER");
            assertThat(first).doesNotContain("integrity-protected");
            core.answer(first, "401 Unauthorized", "WWW-Authenticate: " + CHALLENGE + "\r\n");
            String challenged = henry.next();
            henry.register(henry.answerTo(challenged));
            String second = core.next("REGISTER");
            assertThat(second).contains("integrity-protected=\"ip-assoc-pending\"");
            core.answer(second, "200 OK", granted(henry, 600));
            assertThat(henry.next()).startsWith("SIP/2.0 200");

            henry.register(henry.answerTo(challenged));

            assertThat(core.next("REGISTER")).contains("integrity-protected=\"ip-assoc-yes\"");
        }
        try (ImsPhone again = ImsPhone.connectInTheClear(clear, "henry")) {
            again.register(EMPTY.replace("alice", "henry"));
            assertThat(core.next("REGISTER")).as("another port").doesNotContain("integrity-protected");
        }
    }

    /** What the core says of a registration: whose it is, and which way its requests go. */
    private String granted(ImsPhone phone, int seconds) {
        return "Require: outbound\r\nContact: <" + phone.contact() + ">;expires=" + seconds + "\r\n"
                + "Service-Route: <" + core.uri().replace("sip:", "sip:orig@") + ";lr>\r\n"
                + "P-Associated-URI: <sip:public@" + Site.DOMAIN + ">, <tel:+1-201-555-0123>\r\n";
    }

    /** Registers a phone; what came to the core. */
    private String registered(ImsPhone phone) throws Exception {
        phone.register("");
        core.answer(core.next("REGISTER"), "401 Unauthorized", "WWW-Authenticate: " + CHALLENGE + "\r\n");
        phone.register(phone.answerTo(phone.next()));
        String register = core.next("REGISTER");
        core.answer(register, "200 OK", granted(phone, 600));
        assertThat(phone.next()).startsWith("SIP/2.0 200");
        return register;
    }

    @Test
    @Tag("P-4")
    @Tag("P-20")
    @Tag("P-21")
    @Tag("P-23")
    void requestsGoTheRouteOfTheRegistrationAndComeBackByItsPath() throws Exception {
        try (ImsPhone phone = phone("carol")) {
            phone.say("MESSAGE", BOB, BOB, "");
            assertThat(phone.next()).startsWith("SIP/2.0 403");
            String register = registered(phone);

            phone.say(
                    "MESSAGE",
                    BOB,
                    BOB,
                    "Route: <sip:elsewhere.example;lr>\r\nP-Preferred-Identity: <tel:+12015550123>\r\n"
                            + "P-Asserted-Identity: <sip:boss@" + Site.DOMAIN + ">\r\n");
            String message = core.next("MESSAGE");
            assertThat(message)
                    .contains("P-Asserted-Identity: <tel:+1-201-555-0123>\r\n", "Route: <sip:orig@")
                    .doesNotContain("elsewhere", "boss", "P-Preferred-Identity");
            core.answer(message, "200 OK", "");
            assertThat(phone.next()).startsWith("SIP/2.0 200");

            core.say(
                    "MESSAGE",
                    phone.contact(),
                    "From: <" + BOB + ">;tag=b\r\nTo: <sip:public@" + Site.DOMAIN + ">\r\nCall-ID: to-"
                            + phone.contact() + "\r\n",
                    "Route: " + ImsPhone.value(register, "Path") + "\r\nP-Charging-Vector: icid-value=\"9\"\r\n"
                            + "P-Asserted-Identity: <" + BOB + ">\r\nPrivacy: id\r\n",
                    "");
            String delivered = phone.next();
            assertThat(delivered)
                    .startsWith("MESSAGE " + phone.contact() + " ")
                    .doesNotContain("P-Charging", "P-Asserted-Identity", "Route: ");
            phone.answer(delivered, 200, "OK", "");
            assertThat(core.next("SIP/2.0 200"))
                    .contains(
                            "P-Asserted-Identity: <sip:public@" + Site.DOMAIN + ">\r\n",
                            "P-Charging-Vector: icid-value=");
        }
    }

    @Test
    @Tag("P-4")
    @Tag("P-17")
    void whatTheCoreEndsIsOver() throws Exception {
        try (ImsPhone phone = phone("dave")) {
            registered(phone);
            String subscribe = core.next("SUBSCRIBE");
            assertThat(subscribe)
                    .startsWith("SUBSCRIBE sip:public@" + Site.DOMAIN + " ")
                    .contains("Event: reg\r\n", "P-Asserted-Identity: <sip:visited.example>\r\n");
            assertThat(Integer.parseInt(ImsPhone.value(subscribe, "Expires"))).isGreaterThan(600);
            core.answer(subscribe, "200 OK", "Contact: <" + core.uri() + ">\r\nExpires: 1200\r\n");
            phone.register(phone.answerTo("WWW-Authenticate: " + CHALLENGE));
            core.answer(core.next("REGISTER"), "200 OK", granted(phone, 3600));
            assertThat(phone.next()).startsWith("SIP/2.0 200");
            String renewal = core.next("SUBSCRIBE");
            assertThat(renewal)
                    .contains("Call-ID: " + ImsPhone.value(subscribe, "Call-ID") + "\r\n", ";tag=core")
                    .contains("Event: reg\r\n");
            assertThat(Integer.parseInt(ImsPhone.value(renewal, "Expires"))).isGreaterThan(3600);
            core.answer(renewal, "200 OK", "Contact: <" + core.uri() + ">\r\nExpires: 4200\r\n");

            String reginfo = "<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"0\" state=\"full\">"
                    + ended("sip:public@" + Site.DOMAIN) + ended("tel:+12015550123") + "</reginfo>";
            core.say(
                    "NOTIFY",
                    ImsPhone.value(subscribe, "Contact").replaceAll(".*<(.*)>.*", "$1"),
                    "From: " + ImsPhone.value(subscribe, "To") + ";tag=core\r\nTo: " + ImsPhone.value(subscribe, "From")
                            + "\r\nCall-ID: " + ImsPhone.value(subscribe, "Call-ID") + "\r\n",
                    "Contact: <" + core.uri() + ">\r\nEvent: reg\r\nSubscription-State: terminated\r\n"
                            + "Content-Type: application/reginfo+xml\r\n",
                    reginfo);

            core.next("SIP/2.0 200");
            phone.say("MESSAGE", BOB, BOB, "");
            assertThat(phone.next()).startsWith("SIP/2.0 403");
            assertThat(phone.next()).as("nobody registers there any more").isEqualTo(ImsPhone.CLOSED);
        }
    }

    private static String ended(String identity) {
        return "<registration aor=\"" + identity + "\" id=\"" + identity.length() + "\" state=\"terminated\"/>";
    }

    @Test
    @Tag("P-6")
    void whoInsistsOnAnAgreementIsToldOfTls() throws Exception {
        try (ImsPhone plain = ImsPhone.connectInTheClear(clear, "erin");
                ImsPhone phone = phone("erin")) {
            plain.register("Require: sec-agree\r\nProxy-Require: sec-agree\r\nSecurity-Client: tls\r\n");
            core.answer(core.next("REGISTER"), "401 Unauthorized", "WWW-Authenticate: " + CHALLENGE + "\r\n");
            assertThat(plain.next()).as("by way of 5060").containsPattern("Security-Server: tls; ?q=0\\.1\r\n");
            phone.register("Require: sec-agree\r\nProxy-Require: sec-agree\r\nSecurity-Client: tls\r\n");
            String register = core.next("REGISTER");
            assertThat(register).doesNotContain("sec-agree", "Security-Client");
            core.answer(register, "401 Unauthorized", "WWW-Authenticate: " + CHALLENGE + "\r\n");
            String challenged = phone.next();
            assertThat(challenged).startsWith("SIP/2.0 401").containsPattern("Security-Server: tls; ?q=0\\.1\r\n");

            phone.register("Require: sec-agree\r\nSecurity-Client: tls\r\nSecurity-Verify: tls;q=0.9\r\n");
            assertThat(phone.next()).startsWith("SIP/2.0 494");
            phone.register("Require: sec-agree\r\nProxy-Require: sec-agree\r\nSecurity-Client: tls\r\n"
                    + "Security-Verify: " + ImsPhone.value(challenged, "Security-Server") + "\r\n"
                    + phone.answerTo(challenged));
            assertThat(core.next("REGISTER"))
                    .contains("integrity-protected=\"tls-pending\"")
                    .doesNotContain("sec-agree", "Security-");
        }
    }

    @Test
    @Tag("P-4")
    void anEmergencyIsServedThoughNobodyHasRegistered() throws Exception {
        try (ImsPhone phone = phone("frank")) {
            phone.say("INVITE", "urn:service:sos", "urn:service:sos", "Contact: <" + phone.contact() + ">\r\n");
            String invite = core.next("INVITE urn:service:sos ");
            assertThat(invite).contains("P-Charging-Vector: ").doesNotContain("P-Asserted-Identity");

            core.answer(invite, "200 OK", "Contact: <" + core.uri() + ">\r\n");
            String ok = phone.next();
            assertThat(ok).startsWith("SIP/2.0 200");
            phone.within("ACK", ok);
            core.next("ACK ");
            phone.within("BYE", ok);
            core.answer(core.next("BYE "), "200 OK", "");
            assertThat(phone.next()).startsWith("SIP/2.0 200");
            phone.say("MESSAGE", BOB, BOB, "");
            assertThat(phone.next()).startsWith("SIP/2.0 403");

            phone.say("INVITE", "tel:112", "tel:112", "Contact: <" + phone.contact() + ">\r\n");
            core.answer(core.next("INVITE tel:112 "), "486 Busy Here", "");
            assertThat(phone.next()).startsWith("SIP/2.0 486");
            assertThat(phone.next()).isEqualTo(ImsPhone.CLOSED); // its flow serves nobody any more
        }
    }

    @Test
    @Tag("P-23")
    @Tag("P-5")
    void aFlowThatIsGoneIs430AndAForgedOne403() throws Exception {
        String path;
        try (ImsPhone phone = phone("grace")) {
            path = ImsPhone.value(registered(phone), "Path").replaceAll(".*<(.*)>.*", "$1");
        }

        await().untilAsserted(() -> assertThat(message(path)).startsWith("SIP/2.0 430"));
        String forged = path.replaceFirst("sip:.", path.startsWith("sip:A") ? "sip:B" : "sip:A");
        assertThat(message(forged)).startsWith("SIP/2.0 403");
    }

    private String message(String route) throws Exception {
        return site.stockSip().overUdp("MESSAGE", "sip:grace@10.0.0.7", "Route: <" + route + ">");
    }

    @Test
    @Tag("P-25")
    void aCallWhosePhoneIsGoneIsToldToThePolicyAndWhatComesForItIs430() throws Exception {
        String invite;
        try (ImsPhone phone = phone("ivy")) {
            registered(phone);
            phone.invite(BOB);
            invite = core.next("INVITE");
            core.answer(invite, "200 OK", "Contact: <" + core.uri() + ">\r\n");
            String ok = phone.next();
            assertThat(ok).startsWith("SIP/2.0 200");
            phone.within("ACK", ok);
            core.next("ACK ");
        }

        await().untilAsserted(() -> assertThat(LostCallsFile.in(site.home()))
                .contains("sip:ivy@" + Site.DOMAIN + " " + ImsPhone.value(invite, "Call-ID") + " core\n"));
        core.say(
                "INFO",
                ImsPhone.value(invite, "Contact").replaceAll(".*<(.*)>.*", "$1"),
                "From: " + ImsPhone.value(invite, "To") + ";tag=core\r\nTo: " + ImsPhone.value(invite, "From")
                        + "\r\nCall-ID: " + ImsPhone.value(invite, "Call-ID") + "\r\n",
                ImsPhone.lines(invite, "Record-Route").replace("Record-Route", "Route"),
                "");
        core.next("SIP/2.0 430");
    }

    @Test
    @Tag("P-26")
    void whoComesOverA3gppAccessIsNotServedByDigest() throws Exception {
        try (ImsPhone phone = phone("jane")) {
            phone.register("P-Access-Network-Info: 3GPP-E-UTRAN-FDD;utran-cell-id-3gpp=234151D0FCE11\r\n");
            assertThat(phone.next()).startsWith("SIP/2.0 403");

            phone.register("P-Access-Network-Info: IEEE-802.11;i-wlan-node-id=001122334455\r\n");
            assertThat(core.next("REGISTER")).as("the first that came there").contains("IEEE-802.11;");
        }
    }

    @Test
    @Tag("P-4")
    void whoTalksAndNeverRegistersIsHungUpOn() throws Exception {
        assertThat(stranger.heard())
                .hasSizeGreaterThan(1)
                .endsWith(ImsPhone.CLOSED)
                .filteredOn(answer -> !answer.equals(ImsPhone.CLOSED))
                .allMatch(answer -> answer.startsWith("SIP/2.0 403"));
    }
}
