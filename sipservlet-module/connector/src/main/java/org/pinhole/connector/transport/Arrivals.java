package org.pinhole.connector.transport;

import gov.nist.javax.sip.stack.MessageChannel;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;

/** Tells flows from the stack's other channels. */
public final class Arrivals {
    private Arrivals() {}

    /** The flow that a channel of the stack belongs to, or null when it is none of ours. */
    public static @Nullable Flow flowOf(@Nullable Object channel) {
        return channel instanceof FlowMessageChannel ? ((FlowMessageChannel) channel).flow() : null;
    }

    /** The channel to one of our connectors' own address, or null when the processor is not ours or the hop leads elsewhere. */
    public static @Nullable MessageChannel selfChannel(Object processor, String host, int port, String transport) {
        if (!(processor instanceof PinholeMessageProcessor)) {
            return null;
        }
        PinholeMessageProcessor ours = (PinholeMessageProcessor) processor;
        return ours.isSelf(host, port, transport) ? ours.selfChannel() : null;
    }

    /** The channel to the address that a phone's packets come from, or did; null when it is nobody's of this connector's. */
    public static @Nullable MessageChannel returnChannel(Object processor, String host, int port, String transport) {
        return processor instanceof PinholeMessageProcessor
                ? ((PinholeMessageProcessor) processor).returnChannel(host, port, transport)
                : null;
    }

    /** Whether a channel is of the container's own: what arrived there did not come from a phone, and not from ourselves. */
    public static boolean isStock(@Nullable Object channel) {
        return channel instanceof MessageChannel
                && !(channel instanceof FlowMessageChannel)
                && !(channel instanceof SocketlessChannel);
    }

    /** Whether a URI's parameters are those of a Contact that we have rewritten. */
    public static boolean isRewrittenContact(Iterator<String> parameterNames) {
        while (parameterNames.hasNext()) {
            if (ContactRewriter.NUMBER.equalsIgnoreCase(parameterNames.next())) {
                return true;
            }
        }
        return false;
    }
}
