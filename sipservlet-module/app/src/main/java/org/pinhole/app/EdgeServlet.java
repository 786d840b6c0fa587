package org.pinhole.app;

import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowRegistry;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.turn.TurnHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rim of the chain: every initial request that arrived on a Pinhole connector comes here first, and goes through the
 * chain of its connector. What belongs to a dialog or a transaction that stands already, the container sends on by itself.
 */
public final class EdgeServlet extends SipServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(EdgeServlet.class);

    private transient @Nullable FlowRegistry flows;
    private transient @Nullable SipFactory factory;
    private transient @Nullable EdgeWiring wiring;

    @Override
    public void init() throws ServletException {
        flows = (FlowRegistry) attribute(FlowRegistry.ATTRIBUTE);
        factory = (SipFactory) attribute(SIP_FACTORY);
        wiring = (EdgeWiring) attribute(EdgeWiring.ATTRIBUTE);
    }

    private Object attribute(String name) throws ServletException {
        Object value = getServletContext().getAttribute(name);
        if (value == null) {
            throw new ServletException("servlet context attribute " + name + " is not set");
        }
        return value;
    }

    @Override
    protected void doRequest(SipServletRequest request) {
        boolean unanswerable =
                request.getMethod().equals("ACK") || request.getMethod().equals("CANCEL");
        if (unanswerable || !request.isInitial() || flows == null || factory == null || wiring == null) {
            return;
        }
        Flow flow = flows.flowOf(request);
        ServletExchange exchange = new ServletExchange(request, factory, flow);
        try {
            wiring.chainFor(flow).handle(exchange);
        } catch (RuntimeException failure) { // the host's edge: a fault of ours must not end in silence
            LOG.error("a " + request.getMethod() + " failed", failure);
            exchange.reply(Reply.of(500, "Server Internal Error"));
        }
    }

    @Override
    protected void doResponse(SipServletResponse response) throws ServletException, IOException {
        response.removeHeader(TurnHeader.NAME); // one that comes from behind us is none of ours
        super.doResponse(response);
    }

    @Override
    protected void doSuccessResponse(SipServletResponse response) {
        if (response.getMethod().equals("REGISTER")) {
            ServletExchange.complete(response);
        }
    }
}
