package org.pinhole.suite.dropin;

import java.io.IOException;
import java.security.Principal;
import java.security.cert.X509Certificate;
import javax.servlet.ServletException;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowRegistry;

/** An application behind ours that answers every request with what it was told of its sender and of the flow. */
public class WhoServlet extends SipServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doRequest(SipServletRequest request) throws ServletException, IOException {
        if (request.getMethod().equals("ACK")) {
            return;
        }
        Principal principal = request.getUserPrincipal();
        SipServletResponse response = request.createResponse(200);
        response.setHeader("X-Remote-User", String.valueOf(request.getRemoteUser()));
        response.setHeader("X-Principal", principal == null ? "null" : principal.getName());
        response.setHeader("X-Is-Caller", String.valueOf(request.isUserInRole("caller")));
        response.setHeader("X-Asserted", String.valueOf(request.getHeader("P-Asserted-Identity")));
        response.setHeader("X-Credentials", String.valueOf(request.getHeader("Proxy-Authorization")));
        FlowRegistry flows = (FlowRegistry) getServletContext().getAttribute(FlowRegistry.ATTRIBUTE);
        Flow flow = flows.flowOf(request);
        response.setHeader("X-Flow", flow == null ? "null" : flow.id() + " of " + flow.identity());
        response.setHeader("X-Certificate", subject(request));
        response.setHeader("X-Sessions", String.valueOf(SessionCount.live()));
        response.send();
    }

    private static String subject(SipServletRequest request) {
        X509Certificate[] chain = (X509Certificate[]) request.getAttribute("javax.servlet.request.X509Certificate");
        return chain == null ? "none" : chain[0].getSubjectX500Principal().getName();
    }
}
