package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.address.SipUri;
import java.io.File;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.api.FlowToken;
import org.pinhole.connector.LogLines;

/** Where whoever keeps the registrations finds us: what a Path and a rewritten Contact name. */
class CoreSideTest {
    private static final String NAME = "edge.example.com:443";

    @TempDir
    File folder;

    @Test
    @Tag("P-1")
    void withoutANextHopItIsThePublicName() throws Exception {
        try (TestConnector connector = behindNat("").open()) {
            assertCoreSide(connector, NAME, "tcp");
        }
    }

    @Test
    @Tag("P-1")
    void aNextHopFindsUsAtTheContainersOwnConnectorOfItsTransportWhateverPhonesCallUs() throws Exception {
        int port = TestConnector.freePort();
        try (TestConnector connector =
                        behindNat("sip:core.example.com:5060;transport=tcp").open();
                LogLines log = LogLines.follow()) {
            assertCoreSide(connector, NAME, "tcp"); // there is none yet
            assertCoreSide(connector, NAME, "tcp");
            assertThat(log.with("the container has no connector of its own for transport tcp, which pinhole.next-hop"))
                    .hasSize(1);

            connector.stack().createListeningPoint("127.0.0.1", port, "tcp");
            try {
                assertCoreSide(connector, "127.0.0.1:" + port, "tcp");
            } finally {
                connector.stack().stop();
            }
        }
    }

    @Test
    void whoeverChangesAnAddressChangesNoOther() throws Exception {
        CoreSide core = new CoreSide("[2001:db8::1]:443", "tls");

        SipUri first = core.addressOf(FlowToken.of("FIRST"));
        first.setParameter("pinhole-contact", "1");
        first.setHost("192.0.2.1");
        SipUri second = core.addressOf(FlowToken.of("SECOND"));

        assertThat(first.encode()).isEqualTo("sip:FIRST@192.0.2.1:443;transport=tls;pinhole-contact=1");
        assertThat(second.encode()).isEqualTo("sip:SECOND@[2001:db8::1]:443;transport=tls");
    }

    private static void assertCoreSide(TestConnector connector, String hostPort, String transport) {
        assertThat(connector.processor().coreSide().uriOf(FlowToken.of("TOKEN")))
                .isEqualTo("sip:TOKEN@" + hostPort + ";transport=" + transport);
    }

    private TestConnector.Plan behindNat(String nextHop) {
        return new TestConnector.Plan(folder)
                .scheme("tcp")
                .publicName(NAME)
                .setting("pinhole.role", "edge")
                .setting("pinhole.contact", "path")
                .setting("pinhole.next-hop", nextHop);
    }
}
