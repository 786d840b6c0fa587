package org.pinhole.connector.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.bridge.DeploymentRefused;
import org.pinhole.connector.LogLines;
import org.pinhole.connector.tls.ClientTrust;
import org.pinhole.connector.tls.ServerTls;
import org.pinhole.connector.tls.TestCertificates;

/** From the parameters of an operator to what is in force. */
@SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
class TlsPlanTest {
    private static final Date NOW = new Date(1_800_000_000_000L);

    private final Map<String, String> set = new HashMap<>();

    @TempDir
    File base;

    @Test
    @Tag("P-2")
    void anEncryptedKeyIsOpenedByThePasswordOfTheFileThatIsNamed() throws Exception {
        KeyPair pair = TestCertificates.ec();
        Date end = new Date(NOW.getTime() + Duration.ofDays(90).toMillis());
        write("edge.crt", TestCertificates.pem(TestCertificates.certificate(pair, end, "edge.example.com")));
        write("edge.key", TestCertificates.encrypted(pair.getPrivate(), "open sesame".toCharArray()));
        write("right", "open sesame\n");
        write("wrong", "open barley\n");
        set.put("pinhole.tls.certificate-file", "edge.crt");
        set.put("pinhole.tls.private-key-file", "edge.key");

        assertThatThrownBy(this::open)
                .isInstanceOf(DeploymentRefused.class)
                .hasMessageContaining("set pinhole.tls.private-key-password-file");
        set.put("pinhole.tls.private-key-password-file", "wrong");
        assertThatThrownBy(this::open)
                .isInstanceOf(DeploymentRefused.class)
                .hasMessageContaining("pinhole.tls.private-key-password-file does not open the key");
        set.put("pinhole.tls.private-key-password-file", "right");
        try (LogLines log = LogLines.follow()) {
            open();

            assertThat(log.with("edge.crt in force: CN=edge.example.com")).hasSize(1);
        }
    }

    @Test
    @Tag("P-3")
    void ticketKeysAreRotatedAfterAsManyHoursAsAreSetInTheFileThatIsNamed() throws Exception {
        set.put("pinhole.tls.ticket-keys-file", "of-tickets");
        set.put("pinhole.tls.ticket-rotation-hours", "5");
        ServerTls tls = open();

        tls.refresh(after(Duration.ofHours(5).minusSeconds(1)));
        assertThat(ticketKeys()).isEqualTo(1);
        tls.refresh(after(Duration.ofHours(5)));
        assertThat(ticketKeys()).isEqualTo(2);
    }

    private ServerTls open() {
        return TlsPlan.open(
                "app",
                Settings.of("app", set, new Properties(), new Properties()),
                new ContainerFiles(base),
                Collections.emptyList(),
                Collections.singletonList(ClientTrust.NONE),
                NOW);
    }

    private static Date after(Duration time) {
        return new Date(NOW.getTime() + time.toMillis());
    }

    private long ticketKeys() throws Exception {
        return Files.readAllLines(new File(base, "of-tickets").toPath()).stream()
                .filter(line -> !line.startsWith("#"))
                .count();
    }

    private void write(String name, String text) throws Exception {
        TestCertificates.write(new File(base, name), text);
    }
}
