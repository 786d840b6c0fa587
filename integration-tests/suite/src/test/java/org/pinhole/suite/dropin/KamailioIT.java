package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pinhole.suite.container.Jdk;
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

    @BeforeAll
    void start() throws Exception {
        connector = Loopback.free();
        site = Site.assemble("kamailio");
        kamailio = Kamailio.start(Files.createDirectories(site.beside("kamailio-run")));
        site.install(connector);
        site.operator()
                .set(Map.of(
                        "pinhole.role", "edge",
                        "pinhole.contact", "path",
                        "pinhole.next-hop", kamailio.uri(),
                        "pinhole.digest.algorithms", "MD5"));
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
    void aFlowThatIsGoneIs430ForTheRegistrarAndAnotherTokenIs403() throws Exception {
        try (PlainPhone alice = PlainPhone.connect(connector, site.caFile(), Site.ALICE, Site.ALICE_PASSWORD)) {
            PlainPhone bob = PlainPhone.connect(connector, site.caFile(), Site.BOB, Site.BOB_PASSWORD);
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
            String forged = (token.charAt(20) == 'A' ? "B" : "A");
            assertThat(site.stockSip()
                            .overUdp(
                                    "MESSAGE",
                                    "sip:bob@10.0.0.7",
                                    "Route: <"
                                            + site.stockSip().uri(token.substring(0, 20) + forged + token.substring(21))
                                            + ">"))
                    .startsWith("SIP/2.0 403");
        }
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
