package org.example.push;

import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletResponse;

/** Takes the phones' answers to what was pushed; 430 (Flow Failed) is Pinhole's, when the flow is gone. */
public final class AnswerServlet extends SipServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doResponse(SipServletResponse response) {
        if (response.getStatus() >= 200) {
            Journal journal = (Journal) getServletContext().getAttribute(FlowWatch.JOURNAL);
            journal.add("pushed to " + response.getTo().getURI() + ": " + response.getStatus());
            response.getApplicationSession().invalidate();
        }
    }
}
