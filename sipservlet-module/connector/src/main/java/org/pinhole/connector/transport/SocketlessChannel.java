package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.stack.ConnectionOrientedMessageChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.text.ParseException;
import javax.sip.address.Hop;
import org.jspecify.annotations.Nullable;

/** A channel of one of our connectors with no connection of its own: it decides for each message where that goes. */
abstract class SocketlessChannel extends ConnectionOrientedMessageChannel {
    SocketlessChannel(PinholeMessageProcessor processor) {
        super(processor.getSIPStack());
        this.messageProcessor = processor;
        this.myAddress = processor.getIpAddress().getHostAddress();
        this.myPort = processor.getPort();
    }

    @Override
    public abstract void sendMessage(SIPMessage message) throws IOException;

    /** How the stack sends without a transaction. */
    @Override
    public void sendMessage(SIPMessage message, Hop hop) throws IOException {
        sendMessage(message);
    }

    @Override
    public void sendMessage(SIPMessage message, InetAddress receiver, int receiverPort) throws IOException {
        sendMessage(message);
    }

    @Override
    protected void sendMessage(byte[] bytes, boolean retry) throws IOException {
        ParseExceptionListener strict = (fault, message, headerClass, header, text) -> {
            throw fault;
        };
        try {
            sendMessage(sipStack.getMessageParserFactory()
                    .createMessageParser(sipStack)
                    .parseSIPMessage(bytes, true, false, strict));
        } catch (ParseException ownBytes) {
            throw new IOException("a message of our own does not parse: " + ownBytes.getMessage(), ownBytes);
        }
    }

    @Override
    protected void sendMessage(byte[] bytes, InetAddress receiver, int receiverPort, boolean retry) throws IOException {
        sendMessage(bytes, retry);
    }

    /** Null, or the stack would route to itself before asking this channel. */
    @Override
    public @Nullable String getPeerProtocol() {
        return null;
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface is older than generics
    public void handleException(
            ParseException fault, SIPMessage message, Class headerClass, String header, String messageText)
            throws ParseException {
        throw fault;
    }

    @Override
    protected void close(boolean removeSocket, boolean stopKeepAliveTask) {
        // there is no connection
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
