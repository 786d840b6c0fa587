package org.pinhole.connector.transport;

import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.RetryAfter;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.stack.ConnectionOrientedMessageChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.sip.InvalidArgumentException;
import javax.sip.address.Hop;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.keepalive.ViaKeep;
import org.pinhole.connector.transport.ConnectorCounters.Closed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One flow as the SIP stack sees it: where received messages enter the stack and where its messages leave. It never
 * connects anywhere: a flow that is gone fails the send at once (requirement P-7).
 */
final class FlowMessageChannel extends ConnectionOrientedMessageChannel implements ParseExceptionListener {
    private static final Logger LOG = LoggerFactory.getLogger(FlowMessageChannel.class);
    private static final Set<Class<?>> MANDATORY = Collections.unmodifiableSet(new HashSet<>(Arrays.<Class<?>>asList(
            From.class,
            To.class,
            CSeq.class,
            Via.class,
            CallID.class,
            ContentLength.class,
            RequestLine.class,
            StatusLine.class)));

    private final SipFlow flow;
    private final MessageTransit transit;
    private final Intake intake;
    private final Doorkeeper doorkeeper;
    private final Registers registers = new Registers();
    private final boolean ofAnEdge;
    private final CallLine strangersLine = new CallLine();
    private volatile CallsAtOnce calls;

    FlowMessageChannel(
            PinholeMessageProcessor processor,
            SipFlow flow,
            MessageTransit transit,
            Intake intake,
            Doorkeeper doorkeeper) {
        super(processor.getSIPStack());
        this.messageProcessor = processor;
        this.flow = flow;
        this.transit = transit;
        this.intake = intake;
        this.doorkeeper = doorkeeper;
        this.ofAnEdge = flow.isOfAnEdge();
        this.calls = new CallsAtOnce(ofAnEdge ? CallsAtOnce.OF_AN_EDGE : CallsAtOnce.OF_A_PHONE);
        this.peerAddress = flow.remoteAddress().getAddress();
        this.peerPort = flow.remoteAddress().getPort();
        this.myAddress = processor.ipText();
        this.myPort = processor.getPort();
        // Names the connection instance: the stack must never take a new connection for an old one at the same address.
        this.key = flow.connector().transportParameter() + ":" + flow.connection();
    }

    Registers registers() {
        return registers;
    }

    SipFlow flow() {
        return flow;
    }

    /** Whether whoever is on the flow should have been authenticated and was not. */
    boolean isStranger() {
        return doorkeeper.isStranger(flow.identity());
    }

    CoreSide coreSide() {
        return processor().coreSide();
    }

    private PinholeMessageProcessor processor() {
        return (PinholeMessageProcessor) messageProcessor;
    }

    /** How many calls of whoever is on the flow are processed at once. */
    CallsAtOnce calls() {
        return calls;
    }

    /** The user of this flow has another, too: no more calls of both are processed at once than of one. */
    void sharesCallsWith(FlowMessageChannel anotherOfTheUser) {
        if (!ofAnEdge && !anotherOfTheUser.ofAnEdge) {
            calls = anotherOfTheUser.calls;
        }
    }

    /**
     * One framed message from the phone. On the event loop, which only finds out whose call it is: parsing takes as long as
     * the sender likes, and the pings of other phones would wait for it. What strangers call theirs is nobody else's call.
     */
    void receive(byte[] bytes) {
        Executor threads = !ofAnEdge && isStranger()
                ? work -> CallThreads.OF_THIS_PROCESS.executeForStranger(strangersLine, work)
                : work -> CallThreads.OF_THIS_PROCESS.execute(calls, CallIdScan.of(bytes, flow.id()), work);
        intake.accept(threads, bytes.length, () -> enter(bytes));
    }

    /** The connection is gone: nobody is there to be challenged for what a stranger has waiting. On the event loop. */
    void ended() {
        if (isStranger()) {
            strangersLine.drop();
        }
    }

    /** Into the stack; in order for each call. Who is known may have said goodbye before he went. */
    private void enter(byte[] bytes) {
        if (!flow.open() && isStranger()) {
            return;
        }
        SIPMessage message;
        try {
            message = sipStack.getMessageParserFactory()
                    .createMessageParser(sipStack)
                    .parseSIPMessage(bytes, true, false, this);
            if (message == null) {
                return;
            }
            requireMandatoryHeaders(message);
            Refusal refusal = refusalOf(message);
            if (refusal != null) {
                refuse(message, refusal);
                return;
            }
            if (isToNothing(message)) { // the container would log it whole, with a trace
                LOG.debug("flow {}: a response to nothing was dropped", flow.id());
                flow.counters().responseDropped();
                return;
            }
            transit.arrived(flow, message);
        } catch (ParseException malformed) {
            answerMalformed(bytes, malformed);
            return;
        } catch (
                RuntimeException fault) { // a parser's or our own; nobody knows what this phone's next message would do
            String words = fault.toString().replaceAll("\\s+", " "); // some of it may be the phone's
            if (isStranger()) {
                LOG.debug("flow {}: closed: a message could not be taken in: {}", flow.id(), words);
            } else {
                LOG.warn("flow {}: closed: a message could not be taken in: {}", flow.id(), words);
            }
            flow.close(Closed.BROKEN, words);
            return;
        }
        process(message);
    }

    private @Nullable Refusal refusalOf(SIPMessage message) {
        Refusal refusal = message instanceof SIPRequest
                ? processor().branches().refusalOf(flow, (SIPRequest) message, !ofAnEdge && isStranger())
                : null;
        return refusal == null
                ? doorkeeper.refusalOf(
                        flow.identity(), flow.invites(), processor().routes(), message)
                : refusal;
    }

    /** Of a phone, that is; an edge before us has more phones than we keep in mind. */
    private boolean isToNothing(SIPMessage message) {
        return message instanceof SIPResponse
                && !ofAnEdge
                && !flow.unanswered().isAnswer((SIPResponse) message)
                && !processor().branches().answersATransaction((SIPResponse) message);
    }

    private static void requireMandatoryHeaders(SIPMessage message) throws ParseException {
        boolean complete = message.getCallId() != null
                && message.getCSeq() != null
                && message.getFrom() != null
                && message.getTo() != null
                && message.getTopmostVia() != null;
        if (!complete) {
            throw new ParseException("a mandatory header is missing", 0);
        }
    }

    private void refuse(SIPMessage message, Refusal refusal) {
        LOG.debug("flow {}: message refused: {}", flow.id(), refusal.reason());
        if (refusal.isOfStrangersTogether()) {
            flow.counters().strangersInviteRefused();
            flow.complaints().warn(flow.remoteAddress().getAddress(), StrangersInvites.FULL);
        }
        if (refusal.isAnswered()) {
            SIPResponse response = ((SIPRequest) message).createResponse(refusal.status(), refusal.reason());
            if (refusal.retryAfterSeconds() > 0) {
                response.setHeader(retryAfter(refusal.retryAfterSeconds()));
            }
            ViaKeep.blank(response);
            answer(response.encodeAsBytes(getTransport()));
        }
    }

    private static RetryAfter retryAfter(int seconds) {
        RetryAfter header = new RetryAfter();
        try {
            header.setRetryAfter(seconds);
        } catch (InvalidArgumentException negative) {
            throw new IllegalArgumentException(negative);
        }
        return header;
    }

    private void answer(byte[] response) {
        try {
            flow.send(response);
        } catch (IOException gone) {
            LOG.debug("flow {}: no answer: {}", flow.id(), gone.getMessage());
        }
    }

    private void process(SIPMessage message) {
        try {
            processMessage(message);
        } catch (Exception refused) { // the stack has answered and throws to stop processing
            LOG.debug("flow {}: message not processed: {}", flow.id(), refused.getMessage());
        }
    }

    /** From its own header fields, without its body: the stack's own answer would carry all of it back. */
    private void answerMalformed(byte[] bytes, ParseException malformed) {
        LOG.debug("flow {}: malformed message: {}", flow.id(), malformed.getMessage());
        byte[] answer =
                LastAnswer.to(SipFormatException.refused(400, "Malformed Message", bytes), flow.remoteAddress());
        if (answer.length > 0) {
            answer(answer);
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface is older than generics
    public void handleException(
            ParseException fault, SIPMessage message, Class headerClass, String header, String messageText)
            throws ParseException {
        if (headerClass != null && MANDATORY.contains(headerClass)) {
            throw fault;
        }
        if (!PhoneHeaders.isNetworksOwn(header)) {
            message.addUnparsed(header);
        }
    }

    @Override
    public void sendMessage(SIPMessage message) throws IOException {
        if (message instanceof SIPResponse) {
            SIPResponse response = (SIPResponse) message;
            flow.send(transit.leaving(flow, response).encodeAsBytes(getTransport()));
            if (isService(response) && !isStranger()) {
                flow.served();
            }
        } else {
            flow.send(transit.leaving(flow, (SIPRequest) message).encodeAsBytes(getTransport()));
        }
        message.setRemoteAddress(peerAddress);
        message.setRemotePort(peerPort);
        message.setLocalAddress(messageProcessor.getIpAddress());
        message.setLocalPort(getPort());
        logMessage(message, peerAddress, peerPort, System.currentTimeMillis());
    }

    /** Anybody may ask what a server can do. */
    private static boolean isService(SIPResponse response) {
        return response.getStatusCode() / 100 == 2
                && !SIPRequest.OPTIONS.equals(response.getCSeq().getMethod());
    }

    /** How the stack sends without a transaction, such as the ACK of a 2xx. */
    @Override
    public void sendMessage(SIPMessage message, Hop hop) throws IOException {
        sendMessage(message);
    }

    @Override
    public void sendMessage(SIPMessage message, InetAddress receiver, int receiverPort) throws IOException {
        sendMessage(message);
    }

    /** A response that the stack sends again, in the bytes of the first time. */
    @Override
    protected void sendMessage(byte[] bytes, boolean retry) throws IOException {
        flow.send(bytes);
    }

    @Override
    protected void sendMessage(byte[] bytes, InetAddress receiver, int receiverPort, boolean retry) throws IOException {
        flow.send(bytes);
    }

    /** Not a socket of the stack's own, so that it does not route around us (see {@link SelfMessageChannel}). */
    @Override
    public @Nullable String getPeerProtocol() {
        return null;
    }

    @Override
    public void sendSingleCLRF() {
        // pongs are answered on the event loop and never get here
    }

    @Override
    protected void close(boolean removeSocket, boolean stopKeepAliveTask) {
        flow.close(ConnectorCounters.Closed.BY_STACK, "closed by the stack");
    }

    @Override
    public String getTransport() {
        return messageProcessor.getTransport();
    }

    @Override
    public boolean isSecure() {
        return messageProcessor.isSecure();
    }
}
