package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.connector.tls.TlsContexts;

/**
 * The connector where BoringSSL's natives do not load: the build forces the JDK's engine for this. Handshakes and pings are
 * the same; sessions are resumed as long as the connector stands, and no longer.
 */
@Tag("jdk-engine")
@EnabledIfSystemProperty(named = "io.netty.handler.ssl.noOpenSsl", matches = "true")
class JdkEngineTest {
    @TempDir
    File folder;

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aPhoneIsServedAndResumesItsSessionUntilTheConnectorIsRestarted(String version) throws Exception {
        assertThat(TlsContexts.engine()).isEqualTo("the JDK's TLS");
        TestConnector before = new TestConnector(folder, TestConnector.ROOMY);
        ConnectorTlsTest.pingAndLeave(before.startTls(before.connect(), version));
        ConnectorTlsTest.pingAndLeave(before.startTls(before.connect(), version));
        assertThat(before.counters().fullHandshakes()).isEqualTo(1);
        assertThat(before.counters().resumedHandshakes()).isEqualTo(1);

        try (TestConnector after = before.restarted()) {
            ConnectorTlsTest.pingAndLeave(after.startTls(after.connect(), version));

            assertThat(after.counters().fullHandshakes()).isEqualTo(1);
        }
    }
}
