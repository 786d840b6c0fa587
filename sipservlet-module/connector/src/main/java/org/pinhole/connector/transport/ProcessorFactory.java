package org.pinhole.connector.transport;

import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.MessageProcessorFactory;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pinhole.connector.flow.FlowTable;

/**
 * The stack's factory of message processors with ours in front: claims exactly the listening points for which a listener
 * stands ready, leaves every other to the factory that was there before.
 */
public final class ProcessorFactory implements MessageProcessorFactory {
    private final MessageProcessorFactory stock;
    private final FlowTable flows;
    private final Map<String, Listener> ready = new ConcurrentHashMap<>();
    private final PhoneAddresses addresses = new PhoneAddresses();

    private ProcessorFactory(MessageProcessorFactory stock, FlowTable flows) {
        this.stock = stock;
        this.flows = flows;
    }

    /** Puts itself in front of the stack's factory, or returns the one that is there already. */
    public static ProcessorFactory installIn(SIPTransactionStack stack, FlowTable flows) {
        MessageProcessorFactory present = stack.messageProcessorFactory;
        if (present instanceof ProcessorFactory) {
            return (ProcessorFactory) present;
        }
        ProcessorFactory ours = new ProcessorFactory(present, flows);
        stack.messageProcessorFactory = ours;
        flows.addListener(new FlowUpkeep(ours.addresses));
        return ours;
    }

    /** The next processor for this listener's address will be ours. */
    public void offer(Listener listener) {
        ready.put(key(listener.settings().address()), listener);
    }

    /** Takes an offer back that was not taken up. */
    public void withdraw(Listener listener) {
        ready.remove(key(listener.settings().address()), listener);
    }

    @Override
    public MessageProcessor createMessageProcessor(
            SIPTransactionStack stack, InetAddress address, int port, String transport) throws IOException {
        Listener listener = ready.remove(key(address, port, transport));
        return listener == null
                ? stock.createMessageProcessor(stack, address, port, transport)
                : new PinholeMessageProcessor(listener, flows, addresses, address, stack);
    }

    private static String key(ConnectorAddress address) {
        return key(address.stackAddress(), address.port(), address.transport().name());
    }

    private static String key(InetAddress address, int port, String transport) {
        return transport.toUpperCase(Locale.ROOT) + ' ' + address.getHostAddress() + ' ' + port;
    }
}
