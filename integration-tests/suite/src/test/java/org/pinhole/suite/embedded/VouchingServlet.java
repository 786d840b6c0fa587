package org.pinhole.suite.embedded;

import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowRegistry;

/** Takes every phone for whom it says it is. */
public class VouchingServlet extends AnsweringServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doRequest(SipServletRequest request) throws ServletException, IOException {
        FlowRegistry flows = (FlowRegistry) getServletContext().getAttribute(FlowRegistry.ATTRIBUTE);
        Flow flow = flows.flowOf(request);
        if (flow != null) {
            flow.authenticated(((SipURI) request.getFrom().getURI()).getUser());
        }
        super.doRequest(request);
    }
}
