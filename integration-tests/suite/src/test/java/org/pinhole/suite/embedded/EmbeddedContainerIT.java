package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The container as its vendor ships it, without our agent: what every other test here stands on. */
@ExtendWith(ArquillianExtension.class)
class EmbeddedContainerIT {

    @Deployment(testable = false)
    static WebArchive application() {
        return TestApplication.named("Options", Map.of());
    }

    @Test
    void anApplicationAnswersOverTcp() throws Exception {
        try (SipConnection connection = SipConnection.tcp(Embedded.SIP_PORT)) {
            connection.send(SipRequests.request("OPTIONS", "TCP"));

            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    @Test
    void anApplicationAnswersOverUdp() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(10_000);
            byte[] request = SipRequests.request("OPTIONS", "UDP").getBytes(StandardCharsets.UTF_8);
            socket.send(
                    new DatagramPacket(request, request.length, InetAddress.getLoopbackAddress(), Embedded.SIP_PORT));

            DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
            socket.receive(answer);

            assertThat(SipResponse.of(answer.getData(), answer.getLength()).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aStockConnectorEchoesKeepWithoutAValue() throws Exception {
        try (SipConnection connection = SipConnection.tcp(Embedded.SIP_PORT)) {
            connection.send(SipRequests.request("OPTIONS", "TCP", ";keep"));

            assertThat(connection.read().header("Via")).contains(";keep").doesNotContain("keep=");
        }
    }
}
