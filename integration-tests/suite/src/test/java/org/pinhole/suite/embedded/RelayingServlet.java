package org.pinhole.suite.embedded;

import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/**
 * An application that knows nothing of us: it tells a phone which Contact it saw, and passes a request on to the URI that
 * the header X-Relay-To names, for an answer within X-Timeout seconds.
 */
public class RelayingServlet extends SipServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPublish(SipServletRequest request) throws ServletException, IOException {
        String target = request.getHeader("X-Relay-To");
        if (target == null) {
            SipServletResponse response = request.createResponse(200);
            response.setHeader(
                    "X-Contact-Seen",
                    request.getAddressHeader("Contact").getURI().toString());
            response.send();
            return;
        }
        relay(request, target, false);
    }

    @Override
    protected void doInvite(SipServletRequest request) throws ServletException, IOException {
        if (request.isInitial()) { // what comes in the call, the container sends on by itself
            relay(request, request.getHeader("X-Relay-To"), true);
        }
    }

    private void relay(SipServletRequest request, String target, boolean staysOnRoute)
            throws ServletException, IOException {
        SipFactory factory = (SipFactory) getServletContext().getAttribute(SIP_FACTORY);
        Proxy proxy = request.getProxy();
        proxy.setRecordRoute(staysOnRoute);
        String timeout = request.getHeader("X-Timeout");
        if (timeout != null) {
            proxy.setProxyTimeout(Integer.parseInt(timeout));
        }
        proxy.proxyTo(factory.createURI(target));
    }
}
