package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Behind a balancer that speaks the PROXY protocol, everybody sees the phone's own address: phone, application, log, limits. */
class ProxiedIT extends DeployedForEachTest {
    private static final int TCP_PORT = Embedded.freePort();
    private static final int TLS_PORT = Embedded.freePort();
    private static final String VERSION_1 = "PROXY TCP4 203.0.113.7 192.0.2.1 40122 443\r\n";
    private static final String VERSION_2_IPV6 = "\r\n\r\n\0\r\nQUIT\n!!\0$"
            + " \u0001\r\u00b8\0\0\0\0\0\0\0\0\0\0\0\u0007" // 2001:db8::7
            + " \u0001\r\u00b8\0\0\0\0\0\0\0\0\0\0\0\u0001" // to 2001:db8::1
            + "\u009c\u00ba\u0001\u00bb"; // 40122 to 443

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "Register",
                Map.of(
                        "pinhole.connector",
                        "tcp+proxy://127.0.0.1:%d,tls+proxy://127.0.0.1:%d".formatted(TCP_PORT, TLS_PORT),
                        "pinhole.proxy-protocol.sources",
                        "127.0.0.1",
                        "pinhole.limits.connections-per-source",
                        "1"));
    }

    @Test
    void theTrueAddressIsInViaApplicationAndLogAndIsWhatTheLimitsCount() throws Exception {
        try (ContainerLog log = ContainerLog.follow();
                SipConnection phone = SipConnection.tcp(TCP_PORT, VERSION_1)) {
            SipResponse seen = register(phone, "TCP");
            try (SipConnection second = SipConnection.tcp(TCP_PORT, VERSION_1);
                    SipConnection neighbour = SipConnection.tcp(TCP_PORT, VERSION_1.replace(".7 ", ".8 "))) {
                assertThat(second.isAtItsEnd()).isTrue();
                assertThat(register(neighbour, "TCP").header("X-Remote")).isEqualTo("203.0.113.8:40122");
            }

            assertThat(seen.header("Via")).contains(";received=203.0.113.7", ";rport=40122");
            assertThat(seen.header("X-Remote")).isEqualTo("203.0.113.7:40122");
            assertThat(ConnectorNumbers.of("tcp", TCP_PORT).get("RefusedConnectionsSource"))
                    .isEqualTo(1);
            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line).matches("flow .* opened TCP /203\\.0\\.113\\.7:40122"))
                    .anySatisfy(line -> assertThat(line)
                            .contains("203.0.113.7: refused: pinhole.limits.connections-per-source is reached"));
        }
    }

    @Test
    void anIpv6AddressComesThroughAheadOfTlsToo() throws Exception {
        try (SipConnection phone = SipConnection.tls(TLS_PORT, Embedded.caFile(), VERSION_2_IPV6)) {
            SipResponse seen = register(phone, "TLS");

            assertThat(seen.header("Via")).containsPattern(";received=\\[?2001:db8:0:0:0:0:0:7]?(;|$)");
            assertThat(seen.header("X-Remote")).isEqualTo("2001:db8:0:0:0:0:0:7:40122");
        }
    }

    private static SipResponse register(SipConnection phone, String transport) throws Exception {
        phone.send(SipRequests.request("REGISTER", transport));
        SipResponse response = phone.read();
        assertThat(response.status()).isEqualTo(200);
        return response;
    }
}
