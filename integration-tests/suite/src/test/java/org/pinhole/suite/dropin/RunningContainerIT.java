package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.pinhole.suite.container.Jdk;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.sip.UserAgent;
import org.pinhole.ue.sip.WireListener;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

/** What an operator does to pinhole.war while the container runs: one container, one story in order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // made before all tests
class RunningContainerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private InetSocketAddress connector;
    private ServerSocket holder;
    private Site site;

    @BeforeAll
    void startWithOurPortTaken() throws IOException {
        connector = Loopback.free();
        holder = Loopback.hold(connector);
        site = Site.assemble("running");
        site.install(connector);
        site.addUsers();
        site.start(Jdk.running());
    }

    @AfterAll
    void stop() throws IOException {
        site.close();
        holder.close();
    }

    @Test
    @Order(1)
    void aTakenPortStopsPinholeWithTheReasonAndTheOthersGoOn() throws Exception {
        assertThat(site.log().lines())
                .filteredOn(line -> line.contains("cannot listen there"))
                .singleElement()
                .asString()
                .contains(
                        "pinhole: pinhole.connector=tls://" + Loopback.text(connector),
                        "Address already in use",
                        "free the port",
                        "The application is stopped, the container goes on.");
        assertThat(new JvmProbe(site.pid()).eventLoops()).isEmpty();
        Registrar.servesAt(site);
    }

    @Test
    @Order(2)
    void onceThePortIsFreeTheNextDeploymentOpensIt() throws Exception {
        holder.close();

        site.redeployPinhole();

        awaitListening(true);
        register();
    }

    @Test
    @Order(3)
    void aNewWarClosesThePortAndOpensItAgainWithOneSetOfThreads() throws Exception {
        try (UserAgent phone = phone()) {
            phone.register();

            site.redeployPinhole();

            await().atMost(PATIENCE).until(() -> opened() == 2);
            assertThat(count("connector tls://" + Loopback.text(connector) + " closed"))
                    .isEqualTo(1);
        }
        register();
        assertThat(new JvmProbe(site.pid()).eventLoops()).isNotEmpty().doesNotHaveDuplicates();
    }

    /** Of an application of this container, whose route is not ours. */
    @Test
    @Order(4)
    @Tag("O-8")
    void aPhoneThatAsksForItByObHasItsDialogsOnItsFlow() throws Exception {
        try (PlainPhone alice = phone(Site.ALICE, Site.ALICE_PASSWORD);
                PlainPhone bob = phone(Site.BOB, Site.BOB_PASSWORD)) {
            bob.registerPlainly();
            alice.begin("MESSAGE", "bob");
            bob.answer(bob.next(), 200, "OK");
            assertThat(alice.nextFinal()).startsWith("SIP/2.0 200");

            alice.keepingItsFlow().begin("INVITE", "bob");
            String invite = bob.next();
            bob.answer(invite, 200, "OK");
            String ok = alice.nextFinal();
            alice.asCaller("ACK", 3, ok);
            String ack = bob.next();
            bob.asCallee("BYE", 1, invite);
            String bye = alice.next();
            alice.answer(bye, 200, "OK");

            assertThat(DialogText.recordRoutes(invite))
                    .as("the application's and the edge's")
                    .hasSize(2);
            assertThat(ack).startsWith("ACK " + bob.contact());
            assertThat(bye).startsWith("BYE " + alice.contact() + " SIP/2.0");
            assertThat(bob.nextFinal()).startsWith("SIP/2.0 200");
        }
    }

    /** As applications do by default: what is said in the dialog names the phones' flows by its Request-URI alone. */
    @Test
    @Order(4)
    @Tag("O-6")
    void aCallOfAnApplicationThatDoesNotStayOnItsRouteLeavesOnTheFlowsToo() throws Exception {
        try (PlainPhone alice = phone(Site.ALICE, Site.ALICE_PASSWORD);
                PlainPhone bob = phone(Site.BOB, Site.BOB_PASSWORD)) {
            bob.registerPlainly();
            alice.begin("INVITE", "bob", "X-Record-Route: off\r\n");
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

            assertThat(DialogText.recordRoutes(invite)).as("the edge's alone").hasSize(1);
            assertThat(ack).startsWith("ACK " + bob.contact() + " SIP/2.0");
            assertThat(info).startsWith("INFO " + bob.contact() + " SIP/2.0");
            assertThat(bye).startsWith("BYE " + alice.contact() + " SIP/2.0");
            assertThat(bob.nextFinal()).startsWith("SIP/2.0 200");
        }
    }

    @Test
    @Order(5)
    void drainEmptiesTheContainerWhileTheOperatorLooksOnAndCancelOpensItAgain() throws Exception {
        try (UserAgent phone = phone()) {
            phone.register();
            assertThat(site.operator().status()).contains("drain: off", "  OpenFlows 1");

            List<String> said = site.operator().drain("--window", "6");

            assertThat(said.get(0)).startsWith("drain: 1 flows left");
            assertThat(said).last().isEqualTo("drain: no flows left; the container can be stopped");
            assertThat(Loopback.listens(connector)).isFalse();
            assertThat(site.log()).contains("closed: drained before a restart");
        }
        assertThat(site.operator().drain("--cancel")).containsExactly("drain: off, 0 flows open");
        register();
        assertThat(site.home().resolve("conf/pinhole/control"))
                .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
    }

    @Test
    @Order(6)
    void undeployingClosesThePortAndLeavesNoThread() throws Exception {
        Files.delete(site.home().resolve("webapps/pinhole.war"));

        awaitListening(false);
        await().atMost(PATIENCE).until(() -> Files.notExists(site.home().resolve("conf/pinhole/control")));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(new JvmProbe(site.pid()).eventLoops()).isEmpty());
        Registrar.servesAt(site);
    }

    private void register() throws Exception {
        try (UserAgent phone = phone()) {
            assertThat(phone.register().keepSeconds()).isEqualTo(45);
        }
    }

    private UserAgent phone() throws IOException {
        TunnelRoute route = TunnelRoute.to(new HostPort("127.0.0.1", connector.getPort()), Trust.ofPem(site.caFile()));
        return UserAgent.connect(UeSettings.of(route, Site.DOMAIN, Site.ALICE, Site.ALICE_PASSWORD), WireListener.NONE);
    }

    private PlainPhone phone(String user, String password) throws IOException {
        return PlainPhone.connect(connector, site.caFile(), user, password);
    }

    private void awaitListening(boolean listening) {
        await().atMost(PATIENCE).until(() -> Loopback.listens(connector) == listening);
    }

    private long opened() throws IOException {
        return count("connector tls://" + Loopback.text(connector) + " opened");
    }

    private long count(String text) throws IOException {
        return site.log().lines().filter(line -> line.contains(text)).count();
    }
}
