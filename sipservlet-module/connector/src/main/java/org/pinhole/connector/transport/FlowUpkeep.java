package org.pinhole.connector.transport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowListener;

/**
 * What begins with a flow and ends with it: the edge's own keep-alive, whoever waits for its phone's answers, and the phone's
 * address, unless it is an edge's before us.
 */
final class FlowUpkeep implements FlowListener {
    private final Map<SipFlow, OwnPingTimer> timers = new ConcurrentHashMap<>();
    private final PhoneAddresses addresses;

    FlowUpkeep(PhoneAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public void flowOpened(Flow flow) {
        if (flow instanceof SipFlow) {
            SipFlow opened = (SipFlow) flow;
            OwnPingTimer timer = opened.ownPingTimer();
            if (timer != null) {
                timers.put(opened, timer);
                timer.start();
            }
            if (!opened.isOfAnEdge()) {
                addresses.opened(opened);
            }
        }
    }

    @Override
    public void flowClosed(Flow flow, String reason) {
        if (flow instanceof SipFlow) {
            SipFlow closed = (SipFlow) flow;
            OwnPingTimer timer = timers.remove(closed);
            if (timer != null) {
                timer.stop();
            }
            if (!closed.isOfAnEdge()) {
                addresses.closed(closed);
            }
            closed.unanswered().fail();
        }
    }
}
