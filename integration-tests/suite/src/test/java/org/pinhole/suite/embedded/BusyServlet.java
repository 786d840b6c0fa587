package org.pinhole.suite.embedded;

import java.io.IOException;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;

/** An application whose user is always busy. */
public class BusyServlet extends SipServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doInvite(SipServletRequest request) throws IOException {
        request.createResponse(486).send();
    }
}
