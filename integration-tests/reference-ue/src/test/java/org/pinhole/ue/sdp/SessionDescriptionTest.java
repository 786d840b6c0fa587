package org.pinhole.ue.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SessionDescriptionTest {
    /** As a browser writes them, shortened. */
    private static final String OFFER = String.join(
            "\r\n",
            "v=0",
            "o=- 4611731400430051336 2 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0 1",
            "a=ice-ufrag:whole",
            "m=audio 54609 RTP/AVPF 111 0",
            "c=IN IP4 24.23.204.141",
            "b=AS:64",
            "a=rtcp-mux",
            "a=mid:0",
            "a=candidate:1467250027 1 udp 2122260223 192.168.1.4 46243 typ host generation 0",
            "a=rtpmap:0 PCMU/8000",
            "m=video 9 RTP/AVPF 96",
            "c=IN IP6 2001:db8::1",
            "a=mid:1",
            "a=ice-ufrag:own",
            "");

    @Test
    void whatABrowserOffersIsReadMediumByMedium() {
        SessionDescription offer = SessionDescription.parse(OFFER);

        MediaDescription audio = offer.media().get(0);
        MediaDescription video = offer.media().get(1);
        assertThat(audio.port()).isEqualTo(54609);
        assertThat(audio.formats()).containsExactly("111", "0");
        assertThat(offer.connectionOf(audio)).isEqualTo("24.23.204.141");
        assertThat(offer.connectionOf(video)).isEqualTo("2001:db8::1");
        assertThat(audio.attributes().find("rtpmap")).isEqualTo("0 PCMU/8000");
    }

    @Test
    @Tag("U-13")
    void theBundleNamesItsMediaAndRtcpMuxIsAPropertyOfOne() {
        SessionDescription offer = SessionDescription.parse(OFFER);

        assertThat(offer.bundle()).containsExactly("0", "1");
        assertThat(offer.media().get(0).attributes().has("rtcp-mux")).isTrue();
        assertThat(offer.media().get(1).attributes().has("rtcp-mux")).isFalse();
        assertThat(offer.media().get(1).mid()).isEqualTo("1");
    }

    @Test
    void whatTheMediumDoesNotSayTheSessionSays() {
        SessionDescription offer = SessionDescription.parse(OFFER);

        assertThat(offer.find(offer.media().get(0), "ice-ufrag")).isEqualTo("whole");
        assertThat(offer.find(offer.media().get(1), "ice-ufrag")).isEqualTo("own");
    }

    @Test
    void whatIsWrittenReadsTheSame() {
        SdpAttributes attributes = SdpAttributes.NONE
                .plus("mid", "message")
                .plus("setup", "actpass")
                .plus("msrp-cema");
        MediaDescription message =
                new MediaDescription("message", 2855, "TCP/MSRP", List.of("*"), "2001:db8::2", attributes);
        SessionDescription ours =
                SessionDescription.of(7, "192.0.2.1", SdpAttributes.NONE.plus("ice-options", "ice2"), List.of(message));

        assertThat(SessionDescription.parse(ours.write())).isEqualTo(ours);
        assertThat(ours.write())
                .contains("m=message 2855 TCP/MSRP *\r\nc=IN IP6 2001:db8::2\r\na=mid:message\r\n")
                .endsWith("a=msrp-cema\r\n");
    }

    @Test
    void aDeclinedMediumKeepsItsLineButForThePort() {
        MediaDescription declined =
                SessionDescription.parse(OFFER).media().get(1).declined();

        assertThat(declined)
                .isEqualTo(new MediaDescription("video", 0, "RTP/AVPF", List.of("96"), null, SdpAttributes.NONE));
    }

    @Test
    void whatIsNoDescriptionIsSaidToBeNone() {
        String origin = "v=0\no=- 1 1 IN IP4 127.0.0.1\n";

        assertThatThrownBy(() -> SessionDescription.parse("hello")).isInstanceOf(SdpFormatException.class);
        assertThatThrownBy(() -> SessionDescription.parse("v=0\n")).hasMessageContaining("no o= line");
        assertThatThrownBy(() -> SessionDescription.parse(origin + "m=audio 99999 RTP/AVP 0"))
                .hasMessage("'99999' is no port");
        assertThatThrownBy(() -> SessionDescription.parse(origin + "m=audio 9 RTP/AVP"))
                .hasMessageContaining("no media line");
        assertThatThrownBy(() -> SessionDescription.parse(origin + "c=IN IP4")).hasMessageContaining("connection line");
        assertThatThrownBy(() -> SessionDescription.parse(origin + "nonsense")).hasMessageContaining("no line");
    }
}
