package org.pinhole.suite.embedded;

import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import org.mobicents.javax.servlet.sip.ProxyExt;

/** {@link RelayingServlet} with the container's own RFC 5626 turned on. */
public class OutboundProxyServlet extends RelayingServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPublish(SipServletRequest request) throws ServletException, IOException {
        String target = request.getHeader("X-Relay-To");
        if (target == null) {
            super.doPublish(request);
            return;
        }
        SipFactory factory = (SipFactory) getServletContext().getAttribute(SIP_FACTORY);
        Proxy proxy = request.getProxy();
        ((ProxyExt) proxy).setSipOutboundSupport(true);
        proxy.setRecordRoute(false);
        proxy.proxyTo(factory.createURI(target));
    }
}
