package org.pinhole.app.pcscf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.HeaderText;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;

/**
 * What a phone says of its access (RFC 7315 §5.4): what it calls the network's word is taken off, and who says that it comes
 * over a 3GPP access is refused Digest where that is the policy (TS 33.203 N.1).
 */
final class AccessNetworkStep implements Step {
    private static final String FIELD = "P-Access-Network-Info";

    private final boolean refuses3gpp;

    AccessNetworkStep(boolean refuses3gpp) {
        this.refuses3gpp = refuses3gpp;
    }

    @Override
    public StepResult handle(Exchange exchange) {
        List<String> kept = new ArrayList<>();
        boolean threeGpp = false;
        try {
            for (String value : HeaderValues.of(exchange.headers(FIELD))) {
                List<String> words = words(value);
                if (!words.contains("network-provided")) {
                    kept.add(value);
                    threeGpp |= words.get(0).startsWith("3gpp");
                }
            }
        } catch (SipFormatException malformed) {
            kept.clear();
        }
        if (kept.size() != exchange.headers(FIELD).size()) {
            exchange.setHeaders(FIELD, kept);
        }
        if (refuses3gpp && threeGpp && exchange.method().equals("REGISTER")) {
            exchange.reply(Reply.of(403, "No Digest Over 3GPP Access"));
            return StepResult.DONE;
        }
        return StepResult.CONTINUE;
    }

    private static List<String> words(String value) {
        List<String> words = new ArrayList<>();
        for (String word : HeaderText.split(value, ';')) {
            words.add(word.toLowerCase(Locale.ROOT));
        }
        return words;
    }
}
