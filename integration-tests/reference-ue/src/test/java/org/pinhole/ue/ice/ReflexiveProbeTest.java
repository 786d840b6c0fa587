package org.pinhole.ue.ice;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.MessageType;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;
import org.pinhole.stun.XorMappedAddress;
import org.pinhole.ue.doubles.HandLoop;

@Tag("U-10")
class ReflexiveProbeTest {
    private static final InetSocketAddress SERVER = IceNetwork.address("203.0.113.11:3478");
    private static final InetSocketAddress SEEN = IceNetwork.address("203.0.113.1:40000");

    private final HandLoop loop = new HandLoop();
    private final SilentBase base = new SilentBase();
    private final ReflexiveProbe probe = new ReflexiveProbe(loop, new Random(1));

    private static byte[] success(TransactionId id) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder.start(out, new MessageType(StunMethod.BINDING, StunClass.SUCCESS), id)
                .add(new XorMappedAddress(SEEN))
                .fingerprint();
        return ByteBufUtil.getBytes(out);
    }

    private TransactionId asked(int number) {
        return StunMessage.decode(Unpooled.wrappedBuffer(base.sent().get(number).frame()))
                .transactionId();
    }

    @Test
    void itAsksAgainHalfASecondLaterAndThenAfterTwiceAsLongEachTime() {
        CompletableFuture<InetSocketAddress> unanswered = probe.ask(base, SERVER);
        assertThat(base.sent()).hasSize(1);

        loop.pass(Duration.ofMillis(499));
        assertThat(base.sent()).hasSize(1);
        loop.pass(Duration.ofMillis(1));
        assertThat(base.sent()).hasSize(2);
        loop.pass(Duration.ofSeconds(1));
        assertThat(base.sent()).hasSize(3);
        loop.pass(Duration.ofSeconds(2));

        assertThat(base.sent())
                .hasSize(4)
                .allSatisfy(sent -> assertThat(sent.to()).isEqualTo(SERVER));
        assertThat(asked(3)).as("one transaction").isEqualTo(asked(0));
        loop.pass(Duration.ofHours(1));
        assertThat(base.sent()).as("Rc of RFC 8489").hasSize(7);
        assertThat(unanswered).isNotDone();
    }

    @Test
    void theAnswerIsTheMappedAddressAndNothingMoreIsSent() {
        CompletableFuture<InetSocketAddress> mapped = probe.ask(base, SERVER);

        probe.arrived(base, SERVER, success(asked(0)));
        loop.pass(Duration.ofMinutes(1));

        assertThat(mapped).isCompletedWithValue(SEEN);
        assertThat(base.sent()).hasSize(1);
    }

    @Test
    void twoServersAreAskedFromOneSocketAndEachAnswerCountsForItsOwnQuestion() {
        CompletableFuture<InetSocketAddress> first = probe.ask(base, SERVER);
        CompletableFuture<InetSocketAddress> second = probe.ask(base, IceNetwork.address("203.0.113.12:3478"));

        probe.arrived(base, SERVER, success(asked(1)));

        assertThat(second).isCompletedWithValue(SEEN);
        assertThat(first).isNotDone();
    }

    @Test
    void whatNobodyAskedForIsNoAnswer() {
        CompletableFuture<InetSocketAddress> mapped = probe.ask(base, SERVER);

        probe.arrived(base, SERVER, success(TransactionId.random(new Random(9))));
        probe.arrived(base, SERVER, "hello".getBytes(StandardCharsets.US_ASCII));

        assertThat(mapped).isNotDone();
    }

    @Test
    void onceItIsClosedNothingIsSentAnyMore() {
        CompletableFuture<InetSocketAddress> unanswered = probe.ask(base, SERVER);

        probe.close();
        loop.pass(Duration.ofMinutes(1));

        assertThat(base.sent()).hasSize(1);
        assertThat(unanswered).isNotDone();
    }
}
