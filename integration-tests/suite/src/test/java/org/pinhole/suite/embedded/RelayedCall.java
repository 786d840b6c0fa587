package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/**
 * A call through {@link RelayingServlet}, which stays on its route, from INVITE to BYE.
 *
 * @param invite as the called phone got it
 * @param ok the 200 as the caller got it
 * @param ack as the called phone got it
 * @param bye likewise
 */
record RelayedCall(String invite, SipResponse ok, String ack, String bye) {
    /** Has one phone call the other, and hang up. */
    static RelayedCall of(End caller, End called) throws IOException {
        String contact = Relayed.announce(called.phone(), called.transport(), called.contact());
        caller.phone().send(Relayed.invite(caller.transport(), caller.contact(), contact));
        String invite = called.phone().readRequest();
        called.phone().send(Relayed.ok(invite, "Contact: <" + called.contact() + ">\r\n"));
        SipResponse ok = caller.phone().read();
        while (ok.status() < 200) {
            ok = caller.phone().read();
        }
        assertThat(ok.status()).as("%s", ok.text()).isEqualTo(200);
        caller.phone().send(Relayed.withinDialog("ACK", 1, caller.transport(), ok));
        String ack = called.phone().readRequest();
        caller.phone().send(Relayed.withinDialog("BYE", 2, caller.transport(), ok));
        String bye = called.phone().readRequest();
        called.phone().send(Relayed.ok(bye));
        assertThat(caller.phone().read().status()).isEqualTo(200);
        return new RelayedCall(invite, ok, ack, bye);
    }

    /** Of its two ends: a phone, what it speaks over, and where it says that it is. */
    record End(SipConnection phone, String transport, String contact) {}
}
