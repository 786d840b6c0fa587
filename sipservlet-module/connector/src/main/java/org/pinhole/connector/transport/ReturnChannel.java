package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the address that a phone's packets come from. The container takes it for a response whose transaction is over, the
 * 2xx to a re-INVITE that is sent again above all: by the Via, and would open a connection (RFC 3261 §18.2.2). Such a response
 * leaves on the phone's flow, or not at all. A request that names no more than this address leaves on no flow.
 */
final class ReturnChannel extends SocketlessChannel {
    private static final Logger LOG = LoggerFactory.getLogger(ReturnChannel.class);

    private final @Nullable SipFlow flow;

    /** @param flow null when it has ended */
    ReturnChannel(PinholeMessageProcessor processor, InetSocketAddress phone, @Nullable SipFlow flow) {
        super(processor);
        this.peerAddress = phone.getAddress();
        this.peerPort = phone.getPort();
        this.flow = flow;
    }

    @Override
    public void sendMessage(SIPMessage message) throws IOException {
        if (!(message instanceof SIPResponse)) {
            throw new IOException("a phone's address is no flow of it, and nobody dials one");
        }
        if (flow == null || !flow.open()) {
            LOG.debug("a response to a phone whose flow has ended was dropped");
            return;
        }
        flow.messageChannel().sendMessage(message);
    }
}
