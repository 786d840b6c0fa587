package org.pinhole.connector.hook;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.pinhole.api.Flow;
import org.pinhole.bridge.DigestQuestion;

/** A request of the container, as application pinhole is asked about it. */
final class RequestQuestion implements DigestQuestion {
    private static final byte[] NO_BODY = {};

    private final SipServletRequestImpl request;
    private final @Nullable Flow flow;
    private final String realm;
    private final boolean proxy;

    RequestQuestion(SipServletRequestImpl request, @Nullable Flow flow, String realm, boolean proxy) {
        this.request = request;
        this.flow = flow;
        this.realm = realm;
        this.proxy = proxy;
    }

    @Override
    public String realm() {
        return realm;
    }

    @Override
    public boolean proxy() {
        return proxy;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String requestUri() {
        return ((Request) request.getMessage()).getRequestURI().toString(); // the container would copy it first
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        Iterator<String> each = request.getHeaders(name);
        while (each.hasNext()) {
            values.add(each.next());
        }
        return values;
    }

    @Override
    public byte[] body() {
        try {
            byte[] octets = request.getRawContent();
            return octets == null ? NO_BODY : octets;
        } catch (IOException unreadable) { // the container never says so
            return NO_BODY;
        }
    }

    @Override
    public @Nullable String flowToken() {
        return flow == null ? null : flow.token().text();
    }

    @Override
    public boolean isByAnEdge() {
        return flow != null && flow.isOfAnEdge();
    }

    /** Unresolved: nobody is looked up here. */
    @Override
    public InetSocketAddress remoteAddress() {
        return flow == null
                ? InetSocketAddress.createUnresolved(String.valueOf(request.getRemoteAddr()), 0)
                : flow.remoteAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        return flow == null
                ? InetSocketAddress.createUnresolved(String.valueOf(request.getLocalAddr()), 0)
                : flow.localAddress();
    }
}
