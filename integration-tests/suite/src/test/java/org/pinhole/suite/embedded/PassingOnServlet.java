package org.pinhole.suite.embedded;

import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;

/** An application in front of another: it passes each request on to where it wants to go, as pinhole.war does. */
public class PassingOnServlet extends SipServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doRequest(SipServletRequest request) throws ServletException, IOException {
        Proxy proxy = request.getProxy();
        proxy.setRecordRoute(false);
        proxy.proxyTo(request.getRequestURI());
    }
}
