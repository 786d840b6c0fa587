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

    private Site site;
    private ScriptedCore core;
    private InetSocketAddress connector;
    private ImsPhone idle;

    @BeforeAll
    void start() throws Exception {
        connector = Loopback.free();
        site = Site.assemble("p-cscf");
        core = new ScriptedCore(site.stockSipPort());
        site.install(connector);
        site.operator()
                .set(Map.of(
                        "pinhole.role", "p-cscf",
                        "pinhole.next-hop", core.uri(),
                        "pinhole.p-cscf.visited-network", "visited.example",
                        "pinhole.p-cscf.registration-seconds", "8",
                        "pinhole.p-cscf.core-sources", "127.0.0.1"));
        Files.writeString(site.home().resolve("conf/dars/mobicents-dar.properties"), "");
        site.start(Jdk.running());
        idle = phone("idle");
    }

    @AfterAll
    void stop() throws Exception {
        idle.close();
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
    void aRegistrationPassesWithWhatOnlyWeMaySay() throws Exception {
        try (ImsPhone alice = phone("alice")) {
            alice.register("P-Asserted-Identity: <sip:boss@" + Site.DOMAIN + ">\r\nP-Visited-Network-ID: elsewhere\r\n"
                    + "P-Charging-Vector: icid-value=forged\r\nPath: <sip:forged@192.0.2.1;lr>\r\n"
                    + "Authorization: Digest username=\"alice\",realm=\"r\",nonce=\"\",uri=\"sip:r\",response=\"\","
                    + "integrity-protected=\"tls-yes\"\r\n");
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

            core.answer(second, "200 OK", granted(alice) + "P-Charging-Vector: icid-value=\"1\"\r\n");
            assertThat(alice.next())
                    .startsWith("SIP/2.0 200")
                    .contains("Service-Route: ", "P-Associated-URI: ", ";keep=45", "Flow-Timer: 45\r\n")
                    .doesNotContain("P-Charging");
            alice.register(alice.answerTo(challenged));
            assertThat(core.next("REGISTER")).contains("integrity-protected=\"tls-yes\"");
        }
    }

    /** What the core says of a registration: whose it is, and which way its requests go. */
    private String granted(ImsPhone phone) {
        return "Require: outbound\r\nContact: <" + phone.contact() + ">;expires=600\r\n"
                + "Service-Route: <" + core.uri().replace("sip:", "sip:orig@") + ";lr>\r\n"
                + "P-Associated-URI: <sip:public@" + Site.DOMAIN + ">, <tel:+1-201-555-0123>\r\n";
    }

    /** Registers a phone; what came to the core. */
    private String registered(ImsPhone phone) throws Exception {
        phone.register("");
        core.answer(core.next("REGISTER"), "401 Unauthorized", "WWW-Authenticate: " + CHALLENGE + "\r\n");
        phone.register(phone.answerTo(phone.next()));
        String register = core.next("REGISTER");
        core.answer(register, "200 OK", granted(phone));
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
            await().untilAsserted(() -> {
                phone.say("MESSAGE", BOB, BOB, "");
                assertThat(phone.next()).startsWith("SIP/2.0 403");
            });
        }
    }

    private static String ended(String identity) {
        return "<registration aor=\"" + identity + "\" id=\"" + identity.length() + "\" state=\"terminated\"/>";
    }

    @Test
    @Tag("P-6")
    void whoInsistsOnAnAgreementIsToldOfTls() throws Exception {
        try (ImsPhone phone = phone("erin")) {
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
            assertThat(core.next("REGISTER")).doesNotContain("sec-agree", "Security-");
        }
    }

    @Test
    @Tag("P-4")
    void anEmergencyIsToldWhereElseToTry() throws Exception {
        try (ImsPhone phone = phone("frank")) {
            phone.say("INVITE", "urn:service:sos", "urn:service:sos", "Contact: <" + phone.contact() + ">\r\n");

            assertThat(phone.next()).startsWith("SIP/2.0 380").contains("<emergency/>");
        }
    }

    @Test
    @Tag("P-4")
    void aFlowWithoutARegistrationIsClosed() throws Exception {
        assertThat(idle.next()).isEqualTo(ImsPhone.CLOSED);
    }
}
