package org.pinhole.turn.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;

class ChallengeTest {
    private static final int IPV4_AND_UDP_HEADERS = 20 + 8;

    @Test
    @Tag("T-18")
    void withTheLongestRealmAChallengeIsAtMostThreeTimesTheShortestRequest() {
        String realm = "r".repeat(Authenticator.MAX_REALM_BYTES);
        Nonces nonces = new Nonces(new byte[32], Duration.ofMinutes(10), new HandClock(), true);
        Authenticator authenticator =
                new Authenticator(realm, nonces, new StaticUsers(realm, Map.of()), new LookUpLimit(source -> true));
        ByteBuf answer = Unpooled.buffer();

        StunEncoder encoder = StunEncoder.start(
                        answer, StunMethod.ALLOCATE.request().error(), TransactionId.random(new Random(1)))
                .add(new ErrorCode(401, ""));
        authenticator.challenge(new InetSocketAddress("192.0.2.1", 4711)).forEach(encoder::add);

        assertThat(IPV4_AND_UDP_HEADERS + answer.readableBytes())
                .isLessThanOrEqualTo(3 * (IPV4_AND_UDP_HEADERS + StunMessage.HEADER_BYTES));
    }
}
