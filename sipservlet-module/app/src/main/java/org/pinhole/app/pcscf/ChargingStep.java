package org.pinhole.app.pcscf;

import java.util.function.Supplier;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.HeaderText;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;

/**
 * Gives each request from a phone the identity under which all servers charge it (RFC 7315 §4.6): an icid of its own, who
 * made it, and the network that it comes from (TS 24.229 7.2A.5, type 1).
 */
final class ChargingStep implements Step {
    private final String network;
    private final Supplier<String> icids;

    /** A step of this network; each icid is unique for ever. */
    ChargingStep(String network, Supplier<String> icids) {
        this.network = network;
        this.icids = icids;
    }

    @Override
    public StepResult handle(Exchange exchange) {
        String host = exchange.requireFlow().localAddress().getAddress().getHostAddress();
        exchange.addHeader(
                "P-Charging-Vector",
                "icid-value=" + HeaderText.quote(icids.get())
                        + ";icid-generated-at=" + (host.indexOf(':') < 0 ? host : "[" + host + "]")
                        + ";orig-ioi=" + HeaderText.quote("Type 1" + network));
        return StepResult.CONTINUE;
    }
}
