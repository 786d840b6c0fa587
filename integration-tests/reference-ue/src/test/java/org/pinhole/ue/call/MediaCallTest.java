package org.pinhole.ue.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.doubles.ToldCall;
import org.pinhole.ue.ice.GatherPlan;
import org.pinhole.ue.rtp.RtpFigures;
import org.pinhole.ue.sdp.MediaDescription;
import org.pinhole.ue.sdp.SessionDescription;
import org.pinhole.ue.turn.TurnCredentials;

class MediaCallTest {
    private static final GatherPlan LOOPBACK = new GatherPlan(
            List.of(InetAddress.getLoopbackAddress()), List.of(), new TurnCredentials("", ""), GatherPlan.WITHIN);
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final ToldCall toldAlice = new ToldCall();
    private final ToldCall toldBob = new ToldCall();
    private final List<MediaCall> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void closed() {
        open.forEach(MediaCall::close);
    }

    private MediaCall offering(Media media) throws IOException {
        MediaCall call = MediaCall.offering(media, LOOPBACK, toldAlice);
        open.add(call);
        return call;
    }

    private MediaCall answering(String offer) throws IOException {
        MediaCall call = MediaCall.answering(offer, LOOPBACK, toldBob);
        open.add(call);
        return call;
    }

    @Test
    @Tag("U-10")
    @Tag("U-13")
    @Tag("U-16")
    void audioAndVideoShareOneStreamOverUdp() throws Exception {
        MediaCall alice = offering(new Media(true, true, false));
        MediaCall bob = answering(alice.description());
        alice.answered(bob.description());

        assertThat(toldAlice.next()).isEqualTo("connected audio udp");
        assertThat(toldBob.next()).isEqualTo("connected audio udp");
        awaitFigures(alice, "video");
        awaitFigures(bob, "audio");
        assertThat(bob.figures()).containsOnlyKeys("audio", "video");
        assertThat(figures(bob, "audio").received()).isPositive();
    }

    private static RtpFigures figures(MediaCall call, String medium) throws IOException {
        return Objects.requireNonNull(call.figures().get(medium), medium);
    }

    private static void awaitFigures(MediaCall call, String medium) throws Exception {
        for (int i = 0; i < LIMIT.toMillis() / 50; i++) {
            if (figures(call, medium).roundTrip() != null) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("no report on " + medium + ": " + call.figures());
    }

    @Test
    @Tag("U-10")
    @Tag("U-15")
    void messagesGoOverTcpAndAreReported() throws Exception {
        MediaCall alice = offering(new Media(false, false, true));
        MediaCall bob = answering(alice.description());
        alice.answered(bob.description());

        assertThat(toldAlice.next()).isEqualTo("connected message tcp");
        assertThat(toldBob.next()).isEqualTo("connected message tcp");
        String id = alice.send("hello");
        assertThat(toldBob.next()).isEqualTo("message hello");
        assertThat(toldAlice.next()).isEqualTo("delivered " + id + " 200");
        bob.send("hello yourself");
        assertThat(toldAlice.next()).isEqualTo("message hello yourself");
    }

    @Test
    @Tag("U-13")
    void theOfferBundlesTheVideoAndGivesItNoAddressOfItsOwn() throws Exception {
        SessionDescription offer =
                SessionDescription.parse(offering(new Media(true, true, true)).description());

        MediaDescription audio = offer.media().get(0);
        MediaDescription video = offer.media().get(1);
        assertThat(offer.bundle()).containsExactly("audio", "video");
        assertThat(audio.attributes().has("rtcp-mux")).isTrue();
        assertThat(audio.attributes().all("candidate")).isNotEmpty();
        assertThat(video.port()).isZero();
        assertThat(video.attributes().has("bundle-only")).isTrue();
        assertThat(video.attributes().all("candidate")).isEmpty();
    }

    @Test
    @Tag("U-15")
    void theOfferNamesTheTcpTypes() throws Exception {
        SessionDescription offer =
                SessionDescription.parse(offering(new Media(false, false, true)).description());

        MediaDescription message = offer.media().get(0);
        assertThat(message.protocol()).isEqualTo("TCP/MSRP");
        assertThat(message.attributes().all("candidate"))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains(" 9 typ host tcptype active"))
                .anySatisfy(line -> assertThat(line).endsWith("tcptype passive"));
        assertThat(message.attributes().find("path")).matches("msrp://127\\.0\\.0\\.1:[0-9]+/[a-z0-9]{20};tcp");
    }

    @Test
    @Tag("U-13")
    void withoutRtcpMuxAudioIsDeclinedAndTheReasonIsTold() throws Exception {
        String offer = offering(new Media(true, true, true)).description().replace("a=rtcp-mux\r\n", "");

        SessionDescription answer = SessionDescription.parse(answering(offer).description());

        assertThat(answer.media())
                .extracting(MediaDescription::port)
                .startsWith(0, 0)
                .last()
                .isNotEqualTo(0);
        assertThatThrownBy(() -> answering(offer.substring(0, offer.indexOf("m=message"))))
                .hasMessageContaining("no rtcp-mux, so that RTCP would need a connection of its own");
    }

    @Test
    void whatIsDeclinedIsToldWithTheReason() throws Exception {
        MediaCall alice = offering(new Media(true, false, true));
        String answer = answering(alice.description()).description().replaceFirst("m=audio [0-9]+", "m=audio 0");

        alice.answered(answer);

        assertThat(toldAlice.next()).isEqualTo("failed audio: the far end does not take it: audio: declined");
        assertThat(toldAlice.next()).isEqualTo("connected message tcp");
    }
}
