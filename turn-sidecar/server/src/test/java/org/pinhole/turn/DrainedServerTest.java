package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.turn.Operator.assertIsError;
import static org.pinhole.turn.Operator.assertIsSuccess;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pinhole.stun.AlternateDomain;
import org.pinhole.stun.AlternateServer;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;

/** Where clients go whom this server takes no more, or has no room for. */
class DrainedServerTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    @RegisterExtension
    final Operator operator = new Operator();

    @Test
    @Tag("T-20")
    void aDrainSendsNewClientsElsewhereAndEndsWithTheLastAllocation() throws Exception {
        LiveServer server = operator.server("--alternate-server=192.0.2.7:443", "--alternate-domain=turn2.example.com");
        TestClient before = operator.tcp(server);
        assertIsSuccess(before.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));

        assertThat(operator.post(server, "/drain?seconds=600", "open-sesame").body())
                .startsWith("draining");

        StunMessage refusal = operator.tcp(server).ask("alice", "wonderland", StunMethod.ALLOCATE, UDP);
        assertIsError(300, refusal);
        assertThat(refusal.require(AlternateServer.TYPE).address()).isEqualTo(new InetSocketAddress("192.0.2.7", 443));
        assertThat(refusal.require(AlternateDomain.TYPE).value()).isEqualTo("turn2.example.com");
        assertThat(operator.get(server, "/ready", "open-sesame").statusCode()).isEqualTo(503);
        assertThat(operator.get(server, "/health", "open-sesame").statusCode()).isEqualTo(200);
        assertIsSuccess(before.ask("alice", "wonderland", StunMethod.REFRESH, new Lifetime(600)));
        assertIsSuccess(before.ask("alice", "wonderland", StunMethod.REFRESH, new Lifetime(0)));
        server.server().awaitClose();
    }

    @Test
    @Tag("T-20")
    void aDrainWithoutAnAlternateRefusesAndEndsAtItsDeadline() throws Exception {
        LiveServer server = operator.server();
        TestClient before = operator.tcp(server);
        assertIsSuccess(before.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));
        server.server().drain(Duration.ofMinutes(10));

        assertIsError(508, operator.tcp(server).ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));

        server.server().drain(Duration.ZERO);
        server.server().awaitClose();
    }

    /** RFC 8489 §10, for load: what is there goes on. */
    @Test
    @Tag("T-20")
    void whoFindsNoRoomIsSentElsewhereAndWithoutAnElsewhereIsRefused() throws Exception {
        LiveServer server = operator.server(
                "--total-quota=1", "--alternate-server=192.0.2.7:443", "--alternate-domain=turn2.example.com");
        TestClient first = operator.tcp(server);
        assertIsSuccess(first.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));

        StunMessage refusal = operator.tcp(server).ask("bob", "builder", StunMethod.ALLOCATE, UDP);

        assertIsError(300, refusal);
        assertThat(refusal.require(AlternateServer.TYPE).address()).isEqualTo(new InetSocketAddress("192.0.2.7", 443));
        assertThat(refusal.require(AlternateDomain.TYPE).value()).isEqualTo("turn2.example.com");
        assertIsSuccess(first.ask("alice", "wonderland", StunMethod.REFRESH, new Lifetime(600)));
        assertIsError(508, full(operator.server("--total-quota=1")).ask("bob", "builder", StunMethod.ALLOCATE, UDP));
    }

    private TestClient full(LiveServer server) throws Exception {
        assertIsSuccess(operator.tcp(server).ask("alice", "wonderland", StunMethod.ALLOCATE, UDP));
        return operator.tcp(server);
    }
}
