package org.pinhole.app.turn;

import java.util.ArrayList;
import java.util.List;
import org.pinhole.app.chain.HeaderText;

/** The header field {@code P-Pinhole-Turn}; its grammar is in docs/turn-header.md. Pure. */
public final class TurnHeader {
    /** Its name. */
    public static final String NAME = "P-Pinhole-Turn";

    private TurnHeader() {}

    static String value(TurnCredential credential, String realm, long lifetimeSeconds, List<TurnUri> uris) {
        List<String> texts = new ArrayList<>();
        uris.forEach(uri -> texts.add(uri.text()));
        return "turn;username=" + HeaderText.quote(credential.username())
                + ";credential=" + HeaderText.quote(credential.password())
                + ";realm=" + HeaderText.quote(realm)
                + ";expires=" + lifetimeSeconds
                + ";uris=" + HeaderText.quote(String.join(" ", texts));
    }
}
