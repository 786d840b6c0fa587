package org.pinhole.suite.dropin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
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

/** An operator's mistakes with certificate and settings, one after the other in one container, until it is right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // made before all tests
class BadTlsIT {
    private static final String CERTIFICATE_FILE = "pinhole.tls.certificate-file";
    private static final String PRIVATE_KEY_FILE = "pinhole.tls.private-key-file";
    private static final String KEEP_ALIVE = "pinhole.keep-alive.seconds";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private InetSocketAddress connector;
    private Site site;
    private Path absent;
    private PemPair right;
    private PemPair other;
    private int refusalsSeen;

    @BeforeAll
    void startWithoutTheCertificateFile() throws Exception {
        connector = Loopback.free();
        site = Site.assemble("bad-tls");
        right = PemPair.make(requireNonNull(site.distribution().getParent()), "right");
        other = PemPair.make(requireNonNull(site.distribution().getParent()), "other");
        absent = site.beside("absent.pem");
        site.install(connector);
        site.addUsers();
        site.operator()
                .set(Map.of(
                        CERTIFICATE_FILE,
                        absent.toString(),
                        PRIVATE_KEY_FILE,
                        right.key().toString()));
        site.start(Jdk.running());
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    @Order(1)
    void aCertificateFileThatIsNotThereIsNamed() throws Exception {
        assertThat(nextRefusal()).contains("pinhole: " + CERTIFICATE_FILE + " " + absent + ": no such file");
        nothingListensAndTheOthersGoOn();
    }

    @Test
    @Order(2)
    void aFileThatHoldsNoCertificateIsNamed() throws Exception {
        redeployWith(Map.of(CERTIFICATE_FILE, right.key().toString()));

        assertThat(nextRefusal())
                .contains("pinhole: " + CERTIFICATE_FILE + " " + right.key() + ": no certificate in it");
        nothingListensAndTheOthersGoOn();
    }

    @Test
    @Order(3)
    void theKeyOfAnotherCertificateIsNamed() throws Exception {
        redeployWith(Map.of(CERTIFICATE_FILE, other.certificate().toString()));

        assertThat(nextRefusal())
                .contains(
                        "pinhole: " + PRIVATE_KEY_FILE + " " + right.key(),
                        "is not the key of the first certificate in " + other.certificate());
        nothingListensAndTheOthersGoOn();
    }

    @Test
    @Order(4)
    void aMissingKeyIsNamed() throws Exception {
        redeployWith(Map.of(CERTIFICATE_FILE, right.certificate().toString(), PRIVATE_KEY_FILE, ""));

        assertThat(nextRefusal())
                .contains("pinhole: " + PRIVATE_KEY_FILE + " is not set", CERTIFICATE_FILE + "=" + right.certificate());
        nothingListensAndTheOthersGoOn();
    }

    @Test
    @Order(5)
    void aWrongValueIsNamedWithWhatIsAllowed() throws Exception {
        redeployWith(Map.of(PRIVATE_KEY_FILE, right.key().toString(), KEEP_ALIVE, "7"));

        assertThat(nextRefusal()).contains("pinhole: " + KEEP_ALIVE + "=7 (conf/pinhole.properties)", "10", "1800");
        nothingListensAndTheOthersGoOn();
    }

    @Test
    @Order(6)
    void onceAllIsRightAPhoneRegistersOverTheOperatorsCertificate() throws Exception {
        redeployWith(Map.of(KEEP_ALIVE, "30"));

        await().atMost(PATIENCE).until(() -> Loopback.listens(connector));
        TunnelRoute route =
                TunnelRoute.to(new HostPort("127.0.0.1", connector.getPort()), Trust.ofPem(right.certificate()));
        try (UserAgent phone = UserAgent.connect(
                UeSettings.of(route, Site.DOMAIN, Site.ALICE, Site.ALICE_PASSWORD), WireListener.NONE)) {
            assertThat(phone.register().keepSeconds()).isEqualTo(30);
        }
        assertThat(refusals()).hasSize(refusalsSeen);
        assertThat(site.caFile()).doesNotExist();
    }

    private void redeployWith(Map<String, String> settings) throws IOException {
        site.operator().set(settings);
        site.redeployPinhole();
    }

    /** The one line that came since the last. */
    private String nextRefusal() throws IOException {
        await().atMost(PATIENCE).until(() -> refusals().size() > refusalsSeen);
        List<String> refusals = refusals();
        assertThat(refusals).hasSize(refusalsSeen + 1);
        refusalsSeen++;
        return refusals.get(refusalsSeen - 1);
    }

    private List<String> refusals() throws IOException {
        return site.log().lines().filter(line -> line.contains(" ERROR ")).toList();
    }

    private void nothingListensAndTheOthersGoOn() throws IOException {
        assertThat(Loopback.listens(connector)).isFalse();
        Registrar.servesAt(site);
    }
}
