package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import javax.sip.address.Hop;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.flow.TokenVerdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the connector's own address. What is sent to it and names a flow leaves on that flow; what names none goes
 * back into the container, from application to application, without touching a socket.
 *
 * <p>The flow is looked up as the message is sent, not as the channel is made, because a transaction may hold a channel
 * for long. A request whose flow is gone is answered 430 on the spot, one with a forged token 403
 * (RFC 5626 §5.3.1), as if the phone had said so; one that has left is answered 430 when its flow ends before the phone has.
 */
final class SelfMessageChannel extends SocketlessChannel {
    private static final Logger LOG = LoggerFactory.getLogger(SelfMessageChannel.class);
    private static final int FLOW_FAILED = 430;

    private final FlowRouting routing;

    SelfMessageChannel(PinholeMessageProcessor processor, FlowRouting routing) {
        super(processor);
        this.routing = routing;
        this.peerAddress = processor.getIpAddress();
        this.peerPort = processor.getPort();
    }

    @Override
    public void sendMessage(SIPMessage message) throws IOException {
        @Nullable TokenVerdict verdict = message instanceof SIPRequest ? routing.verdictOf((SIPRequest) message) : null;
        if (verdict == null) {
            enterContainer((SIPMessage) message.clone());
            return;
        }
        SipFlow flow = routing.find(verdict);
        if (flow != null && expiry().isAlive(flow)) {
            send((SIPRequest) message, flow);
        } else {
            answerForThePhone((SIPRequest) message, verdict);
        }
    }

    private FlowExpiry expiry() {
        return ((PinholeMessageProcessor) messageProcessor).expiry();
    }

    private void send(SIPRequest request, SipFlow flow) throws IOException {
        if (SIPRequest.ACK.equals(request.getMethod())) {
            flow.messageChannel().sendMessage(request);
            return;
        }
        flow.unanswered().add(request, expiry().now(), this::flowFailed);
        try {
            flow.messageChannel().sendMessage(request);
        } catch (RuntimeException fault) {
            flow.unanswered().remove(request);
            throw fault;
        } catch (IOException notSent) { // of which the container would tell nobody, or too late
            LOG.debug("flow {}: {}", flow.id(), notSent.getMessage());
            flow.unanswered().remove(request);
            flowFailed(request);
            return;
        }
        if (!flow.open()) { // it ended meanwhile, and was not told of this one
            flow.unanswered().fail();
        }
    }

    private void flowFailed(SIPRequest request) {
        enterContainer(request.createResponse(FLOW_FAILED, "Flow Failed"));
    }

    private void answerForThePhone(SIPRequest request, TokenVerdict verdict) {
        if (SIPRequest.ACK.equals(request.getMethod())) {
            return;
        }
        boolean forged = verdict.kind() == TokenVerdict.Kind.TAMPERED;
        if (forged) {
            enterContainer(request.createResponse(SIPResponse.FORBIDDEN, "Flow token not genuine"));
        } else {
            flowFailed(request);
        }
    }

    private void enterContainer(SIPMessage message) {
        CallThreads.OF_THIS_PROCESS.execute(message.getCallId().getCallId(), () -> {
            try {
                processMessage(message);
            } catch (Exception refused) { // the stack has answered and throws to stop processing
                LOG.debug("message to ourselves not processed: {}", refused.getMessage());
            }
        });
    }

    /**
     * How the stack sends without a transaction: the ACK of a 2xx, and what the container forwards because it looks like
     * part of a dialog that it does not know. Nobody vouches for the latter, so it reaches no phone.
     */
    @Override
    public void sendMessage(SIPMessage message, Hop hop) throws IOException {
        boolean ack = message instanceof SIPRequest && SIPRequest.ACK.equals(((SIPRequest) message).getMethod());
        if (message instanceof SIPRequest && !ack && routing.verdictOf((SIPRequest) message) != null) {
            LOG.debug("a {} of no known dialog was not sent to a phone", ((SIPRequest) message).getMethod());
            return;
        }
        sendMessage(message);
    }
}
