package org.pinhole.connector.transport;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.FlowToken;

/** How we are reached by whoever keeps the phones' registrations: an address and a transport. Immutable. */
final class CoreSide {
    private final String hostPort;
    private final String transport;
    /** One of them, to be copied: that costs a fifth of parsing. */
    private volatile @Nullable SipUri parsed;

    CoreSide(String hostPort, String transport) {
        this.hostPort = hostPort;
        this.transport = transport;
    }

    /** The URI by which a flow is reached through here, without further parameters. */
    String uriOf(FlowToken flow) {
        return "sip:" + flow.text() + "@" + hostPort + ";transport=" + transport;
    }

    /** The same as the stack has it; the caller's to change. */
    SipUri addressOf(FlowToken flow) throws ParseException {
        SipUri known = parsed;
        if (known == null) {
            known = new StringMsgParser().parseSIPUrl(uriOf(flow));
            parsed = known;
        }
        SipUri address = (SipUri) known.clone();
        address.setUser(flow.text());
        return address;
    }
}
