package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import org.junit.jupiter.api.Test;

class DialogRoutesTest {
    private static final String OURS = "<sip:192.0.2.1:443;transport=tls;appname=1f3a;proxy=true;app_id=7-8;lr>";
    private static final String ELSEWHERE = "<sip:core.example;lr>";

    private final DialogRoutes routes = new DialogRoutes(uri -> uri.toString().contains("192.0.2.1"), ack -> false);

    @Test
    void ourOwnRecordRouteLeadsOnToWhereverTheDialogIs() throws ParseException {
        assertThat(leads("sip:bob@10.0.0.7", OURS, ELSEWHERE)).isTrue();
        assertThat(leads("sip:bob@10.0.0.7", OURS)).isTrue();
    }

    @Test
    void aRouteThatNamesNoSessionOfOursLeadsNowhereButHere() throws ParseException {
        String bare = "<sip:192.0.2.1:443;transport=tls;lr>";

        assertThat(leads("sip:bob@10.0.0.7", bare)).isFalse();
        assertThat(leads("sip:bob@192.0.2.1", bare, ELSEWHERE)).isFalse();
        assertThat(leads("sip:bob@10.0.0.7", OURS.replace("app_id=7-8", "app_id=")))
                .isFalse();
        assertThat(leads("sip:bob@10.0.0.7", OURS.replace("appname=1f3a;", ""))).isFalse();
        assertThat(leads("sip:bob@192.0.2.1", bare)).isTrue();
    }

    @Test
    void somebodyElsesRouteIsNone() throws ParseException {
        assertThat(leads("sip:bob@192.0.2.1", ELSEWHERE)).isFalse();
        assertThat(leads("sip:bob@192.0.2.1", ELSEWHERE, OURS)).isFalse();
    }

    @Test
    void withoutARouteItIsForAnApplicationOfThisContainerOrForNobody() throws ParseException {
        assertThat(leads("sip:192.0.2.1:443;transport=tls")).isTrue();
        assertThat(leads("sip:bob@10.0.0.7")).isFalse();
    }

    private boolean leads(String uri, String... route) throws ParseException {
        String[] lines = new String[route.length];
        for (int i = 0; i < route.length; i++) {
            lines[i] = "Route: " + route[i];
        }
        return routes.lead((SIPRequest) SipText.inDialog("BYE", uri, lines));
    }
}
