package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.peer.NeedsPeer;

/** The role p-cscf before a core that is somebody else's: Kamailio asks for the password, and phones call each other by way of it. */
@NeedsPeer("kamailio")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class KamailioPcscfIT {
    private Site site;
    private ImsKamailio kamailio;
    private InetSocketAddress connector;

    @BeforeAll
    void start() throws Exception {
        connector = Loopback.free();
        site = Site.assemble("kamailio-ims");
        kamailio = ImsKamailio.start(Files.createDirectories(site.beside("kamailio-run")));
        site.install(connector);
        site.operator()
                .set(Map.of(
                        "pinhole.role", "p-cscf",
                        "pinhole.contact", "path",
                        "pinhole.next-hop", "sip:" + kamailio.host() + ";transport=udp",
                        "pinhole.p-cscf.visited-network", "visited.example"));
        Files.writeString(site.home().resolve("conf/dars/mobicents-dar.properties"), "");
        site.start(Jdk.running());
    }

    @AfterAll
    void stop() {
        kamailio.close();
        site.close();
    }

    @Test
    @Tag("P-10")
    @Tag("P-11")
    @Tag("P-12")
    @Tag("P-15")
    @Tag("P-20")
    @Tag("P-21")
    @Tag("P-22")
    void phonesRegisterByDigestAndCallEachOther() throws Exception {
        try (ImsPhone alice = registered(Site.ALICE, Site.ALICE_PASSWORD);
                ImsPhone bob = registered(Site.BOB, Site.BOB_PASSWORD)) {
            call(alice, Site.ALICE, bob, Site.BOB);
            call(bob, Site.BOB, alice, Site.ALICE);
        }
    }

    @Test
    @Tag("P-4")
    void anEmergencyIsToldWhereElseToTry() throws Exception {
        try (ImsPhone phone = ImsPhone.connect(connector, site.caFile(), Site.ALICE, Site.ALICE_PASSWORD)) {
            phone.say("INVITE", "urn:service:sos", "urn:service:sos", "Contact: <" + phone.contact() + ">\r\n");

            assertThat(phone.next()).startsWith("SIP/2.0 380").contains("<emergency/>");
        }
    }

    private ImsPhone registered(String user, String password) throws Exception {
        ImsPhone phone = ImsPhone.connect(connector, site.caFile(), user, password);
        phone.register("");
        String challenged = phone.next();
        assertThat(challenged).startsWith("SIP/2.0 401");
        phone.register(phone.answerTo(challenged));
        assertThat(phone.next())
                .startsWith("SIP/2.0 200")
                .contains("Service-Route: <sip:orig@" + kamailio.host() + ";lr>\r\n");
        String ours = "path=\\[<sip:[A-Za-z0-9_-]{44}@127\\.0\\.0\\.1:" + site.stockSipPort() + ";transport=udp;lr;ob>]"
                + " require=\\[path] network=\\[\"visited\\.example\"] charging=\\[icid-value=[^]]*";
        assertThat(kamailio.trace())
                .containsPattern("RECV REGISTER \\S+ authorization=\\[[^]]*] " + ours)
                .containsPattern("authorization=\\[Digest [^]]*username=\"" + user
                        + "\"[^]]*integrity-protected=\"tls-pending\"[^]]*] " + ours);
        return phone;
    }

    private void call(ImsPhone caller, String from, ImsPhone callee, String to) throws Exception {
        caller.invite("sip:" + to + "@" + Site.DOMAIN);
        String invite = callee.next();
        assertThat(invite)
                .startsWith("INVITE " + callee.contact())
                .contains("P-Asserted-Identity: <sip:" + from + "@" + Site.DOMAIN + ">\r\n")
                .doesNotContain("P-Charging");
        String recorded =
                invite.lines().filter(line -> line.startsWith("Record-Route: ")).collect(Collectors.joining("\n"));
        assertThat(recorded)
                .as("each edge once for its phone and once for the core (ADR 0016)")
                .matches("(?s).*127\\.0\\.0\\.1:" + connector.getPort() + ";transport=tls.*127\\.0\\.0\\.1:"
                        + site.stockSipPort() + ";transport=udp.*"
                        + kamailio.host().replace(".", "\\.")
                        + ".*127\\.0\\.0\\.1:" + site.stockSipPort() + ";transport=udp.*127\\.0\\.0\\.1:"
                        + connector.getPort() + ";transport=tls.*")
                .doesNotContainPattern("sip:[A-Za-z0-9_-]{44}@");
        callee.answer(invite, 200, "OK", "");
        String ok = caller.next();
        assertThat(ok).startsWith("SIP/2.0 200");
        caller.within("ACK", ok);
        assertThat(callee.next()).startsWith("ACK ");
        caller.within("BYE", ok);
        String bye = callee.next();
        assertThat(bye).startsWith("BYE ");
        callee.answer(bye, 200, "OK", "");
        assertThat(caller.next()).startsWith("SIP/2.0 200");
        assertThat(kamailio.trace())
                .containsPattern("RECV INVITE sip:" + to + "@\\S+ [^\\n]*asserted=\\[<sip:" + from
                        + "@pinhole\\.test>] route=\\[<sip:orig@"
                        + kamailio.host().replace(".", "\\.") + ";lr>");
    }
}
