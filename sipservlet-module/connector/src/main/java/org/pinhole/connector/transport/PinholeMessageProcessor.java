package org.pinhole.connector.transport;

import gov.nist.core.Host;
import gov.nist.core.HostPort;
import gov.nist.javax.sip.ListeningPointImpl;
import gov.nist.javax.sip.stack.ConnectionOrientedMessageProcessor;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sip.ListeningPoint;
import javax.sip.SipStack;
import javax.sip.address.SipURI;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Transport;
import org.pinhole.connector.flow.FlowTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connector as the SIP stack sees it: a listening point over TLS or TCP whose connections only ever come in. Its listener is
 * already bound when the stack is given this object, so that a port that is taken is known before.
 */
public final class PinholeMessageProcessor extends ConnectionOrientedMessageProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(PinholeMessageProcessor.class);

    private final Listener listener;
    private final FlowRouting routing;
    private final PhoneAddresses addresses;
    private final CoreSide ownSide;
    private volatile Map.@Nullable Entry<MessageProcessor, CoreSide> lastCoreSide;
    private final Branches branches;
    private final DialogRoutes routes;
    private final String ipText;
    private final AtomicBoolean toldOfNextHop = new AtomicBoolean();

    PinholeMessageProcessor(
            Listener listener,
            FlowTable flows,
            PhoneAddresses addresses,
            InetAddress address,
            SIPTransactionStack stack) {
        super(address, listener.settings().address().port(), transportOf(listener), stack);
        this.listener = listener;
        this.addresses = addresses;
        this.routing = new FlowRouting(flows, listener.settings().address());
        this.ownSide =
                new CoreSide(listener.address().hostPort(), listener.address().transportParameter());
        this.branches = new Branches(stack);
        this.routes = new DialogRoutes(this::leadsHere, branches::endsATransaction);
        this.ipText = address.getHostAddress();
    }

    private static String transportOf(Listener listener) {
        return listener.settings().address().transport().name(); // SIP's own names
    }

    FlowExpiry expiry() {
        return listener.expiry();
    }

    FlowRouting routing() {
        return routing;
    }

    /** What the stack has under a message's branch. */
    Branches branches() {
        return branches;
    }

    /** Tells what comes by a dialog's own route. */
    DialogRoutes routes() {
        return routes;
    }

    /** Its own address. */
    String ipText() {
        return ipText;
    }

    @Override
    public void start() {
        listener.accept(this);
    }

    @Override
    public void stop() {
        listener.close();
    }

    /** Whether a hop leads to this connector itself. */
    boolean isSelf(String host, int port) {
        return listener.settings().address().isSelf(host, port);
    }

    /** The same, of a hop that names its transport. */
    boolean isSelf(String host, int port, String hopTransport) {
        return getTransport().equalsIgnoreCase(hopTransport) && isSelf(host, port);
    }

    /** Whether a URI leads to this container: to this connector, another one, or one of the container's own. */
    boolean leadsHere(Object uri) {
        if (routing.isOwn(uri)) {
            return true;
        }
        if (!(uri instanceof SipURI)) {
            return false;
        }
        SipURI sip = (SipURI) uri;
        Iterator<?> points = ((SipStack) sipStack).getListeningPoints();
        while (points.hasNext()) {
            ListeningPoint point = (ListeningPoint) points.next();
            if (point.getPort() == sip.getPort() && point.getIPAddress().equalsIgnoreCase(bare(sip.getHost()))) {
                return true;
            }
        }
        return false;
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** The way to our own address. */
    public MessageChannel selfChannel() {
        return new SelfMessageChannel(this, routing);
    }

    /** The way to where a phone's packets come from, or did; null when no phone is known there over this transport. */
    @Nullable
    MessageChannel returnChannel(String host, int port, String hopTransport) {
        if (!getTransport().equalsIgnoreCase(hopTransport)) {
            return null;
        }
        SipFlow flow = addresses.flowFrom(host, port);
        InetSocketAddress phone = flow == null ? addresses.formerPhone(host, port) : flow.remoteAddress();
        return phone == null ? null : new ReturnChannel(this, phone, flow);
    }

    @Override
    public MessageChannel createMessageChannel(HostPort target) throws IOException {
        String host = target.getHost().getHostname();
        if (isSelf(host, target.getPort())) {
            return selfChannel();
        }
        return otherProcessor(host, target.getPort()).createMessageChannel(target);
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress target, int port) throws IOException {
        if (isSelf(target.getHostAddress(), port)) {
            return selfChannel();
        }
        return otherProcessor(target.getHostAddress(), port).createMessageChannel(target, port);
    }

    /** The container's own listening points of this transport, and our others. */
    List<HostPort> siblings() {
        List<HostPort> siblings = new ArrayList<>(2);
        Iterator<?> points = ((SipStack) sipStack).getListeningPoints();
        while (points.hasNext()) {
            ListeningPoint point = (ListeningPoint) points.next();
            boolean same = getTransport().equalsIgnoreCase(point.getTransport());
            if (same && !isSelf(point.getIPAddress(), point.getPort())) {
                HostPort sibling = new HostPort();
                sibling.setHost(new Host(point.getIPAddress()));
                sibling.setPort(point.getPort());
                siblings.add(sibling);
            }
        }
        return siblings;
    }

    /** Dialling out is the business of the container's own connector of this transport, where there is one; never ours. */
    private MessageProcessor otherProcessor(String host, int port) throws IOException {
        MessageProcessor other = stockProcessor(getTransport());
        if (other == null) {
            throw new IOException("no flow leads to " + host + ":" + port + ", and this connector never dials out");
        }
        return other;
    }

    /** The container's own connector of a transport, or null. */
    private @Nullable MessageProcessor stockProcessor(String transport) {
        Iterator<?> points = ((SipStack) sipStack).getListeningPoints();
        while (points.hasNext()) {
            MessageProcessor other = ((ListeningPointImpl) points.next()).getMessageProcessor();
            if (!(other instanceof PinholeMessageProcessor) && transport.equalsIgnoreCase(other.getTransport())) {
                return other;
            }
        }
        return null;
    }

    /**
     * Where the next hop finds us: at the container's first own connector of that transport, since this one lets nobody in but
     * phones. Without a next hop it is this one; so it is without such a connector, and then nobody calls its phones.
     */
    CoreSide coreSide() {
        String transport = listener.settings().edge().nextHopTransport();
        MessageProcessor stock = transport == null ? null : stockProcessor(transport);
        if (transport != null && stock == null && !toldOfNextHop.getAndSet(true)) {
            LOG.warn(
                    "connector {}: the container has no connector of its own for transport {}, which pinhole.next-hop names:"
                            + " no call will reach the phones here; add one, or name another transport",
                    listener.address(),
                    transport);
        }
        return stock == null ? ownSide : coreSideOf(stock);
    }

    /** The same one as long as that is: what it has parsed is used again. */
    private CoreSide coreSideOf(MessageProcessor stock) {
        Map.Entry<MessageProcessor, CoreSide> last = lastCoreSide;
        if (last == null || last.getKey() != stock) {
            CoreSide side = new CoreSide(
                    ConnectorAddress.hostPort(stock.getIpAddress().getHostAddress(), stock.getPort()),
                    stock.getTransport().toLowerCase(Locale.ROOT));
            last = new AbstractMap.SimpleImmutableEntry<>(stock, side);
            lastCoreSide = last;
        }
        return last.getValue();
    }

    @Override
    public int getDefaultTargetPort() {
        return isSecure() ? 5061 : 5060;
    }

    @Override
    public boolean isSecure() {
        return listener.settings().address().transport() == Transport.TLS;
    }
}
