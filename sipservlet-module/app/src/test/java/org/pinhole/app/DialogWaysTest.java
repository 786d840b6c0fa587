package org.pinhole.app;

import static java.util.Arrays.asList;
import static java.util.Collections.emptyList;
import static java.util.Collections.singletonList;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DialogWaysTest {
    private static final String SESSION = "1a2b3c4d;pinhole";
    private static final String OURS = "sip:192.0.2.1:443;transport=tls;appname=x;app_id=1a2b3c4d;lr";
    private static final String OURS_TO_THE_CORE = "sip:192.0.2.1:5060;transport=udp;app_id=1a2b3c4d";
    private static final String ANOTHER_OF_OURS = "sip:192.0.2.1:5060;transport=udp;app_id=1a2b3c;lr";
    private static final String CORE = "sip:192.0.2.10;lr";
    private static final String FAR = "sip:192.0.2.20;lr";

    private final DialogWay way = new DialogWay();

    @Test
    @Tag("O-8")
    void whatIsBeyondUsIsAllAboveOursTheOtherWayRound() {
        assertThat(DialogWays.beyond(asList(FAR, ANOTHER_OF_OURS, CORE, OURS_TO_THE_CORE, OURS), SESSION))
                .containsExactly(CORE, ANOTHER_OF_OURS, FAR);
        assertThat(DialogWays.beyond(asList(OURS_TO_THE_CORE, OURS, "sip:edge.before.us;lr"), SESSION))
                .isEmpty();
        assertThat(DialogWays.onward(asList(OURS_TO_THE_CORE, CORE, OURS), SESSION))
                .containsExactly(CORE, OURS);
        assertThat(DialogWays.onward(singletonList(OURS), SESSION)).isEmpty();
    }

    @Test
    void whatAFinalAnswerSaysOfTheRouteHolds() {
        way.routes(emptyList(), false);
        way.routes(singletonList(CORE), true);
        way.routes(singletonList(FAR), true);

        assertThat(way.routes()).containsExactly(CORE);
    }

    @Test
    void withoutARouteOnlyWhereTheOtherSideHasSaidThatItIs() {
        way.target(uri("core.example", -1, "tls"));

        assertThat(way.leadsTo(uri("CORE.example", 5061, "TLS"))).isTrue();
        assertThat(way.leadsTo(uri("core.example", 5060, "tls"))).isFalse();
        assertThat(way.leadsTo(uri("core.example", -1, null))).isFalse();
        assertThat(way.leadsTo(uri("victim.example", -1, "tls"))).isFalse();
        assertThat(new DialogWay().leadsTo(uri("core.example", -1, "tls"))).isFalse();
    }

    @Test
    void whereThereIsARouteItsServersDecide() {
        way.routes(singletonList(CORE), true);

        assertThat(way.leadsTo(uri("victim.example", -1, "tls"))).isTrue();
    }

    @Test
    void theLastTargetsHoldAndNoMore() {
        for (int port = 1; port <= 1000; port++) {
            way.target(uri("core.example", port, null));
        }

        assertThat(way.leadsTo(uri("core.example", 1000, null))).isTrue();
        assertThat(way.leadsTo(uri("core.example", 997, null))).isTrue();
        assertThat(way.leadsTo(uri("core.example", 996, null))).isFalse();
    }

    private static URI uri(String host, int port, @Nullable String transport) {
        return (URI) Proxy.newProxyInstance(
                SipURI.class.getClassLoader(), new Class<?>[] {SipURI.class}, (self, called, given) -> {
                    switch (called.getName()) {
                        case "getHost":
                            return host;
                        case "getPort":
                            return port;
                        case "getTransportParam":
                            return transport;
                        case "isSecure":
                            return false;
                        default:
                            return null;
                    }
                });
    }
}
