package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.pinhole.suite.container.StockSip;

/** The user's application, as its users see it on the stock connectors. */
final class Registrar {
    private Registrar() {}

    /** Over UDP and TCP; no challenge, no trace of us. */
    static void servesAt(Site site) throws IOException {
        StockSip sip = site.stockSip();

        assertThat(sip.overUdp("OPTIONS", "sip:pinhole.test")).startsWith("SIP/2.0 200 ");
        assertThat(sip.overTcp(
                        "REGISTER",
                        "sip:pinhole.test",
                        "Contact: <sip:alice@127.0.0.1:9;transport=tcp;ob>;reg-id=1",
                        "Expires: 60"))
                .startsWith("SIP/2.0 200 ")
                .contains("<sip:alice@127.0.0.1:9;transport=tcp;ob>")
                .contains("expires=60")
                .doesNotContainIgnoringCase("pinhole.contact");
    }
}
