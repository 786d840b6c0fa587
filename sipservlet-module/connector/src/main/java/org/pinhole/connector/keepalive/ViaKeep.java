package org.pinhole.connector.keepalive;

import gov.nist.core.NameValue;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.header.ViaList;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code keep} parameter of a Via (RFC 6223 §4): bare it is an offer or a refusal, with a value an acceptance. */
public final class ViaKeep {
    private static final String KEEP = "keep";
    /** In the text of a header field whose message cannot be parsed. */
    private static final Pattern VALUE = Pattern.compile("(?i)(;\\s*keep)\\s*=\\s*(?:\"[^\"]*\"|[^;,\\s]*)");

    private ViaKeep() {}

    static boolean isPresent(Via via) {
        return via.hasParameter(KEEP);
    }

    static boolean hasValue(Via via) {
        String value = via.getParameter(KEEP);
        return value != null && !value.isEmpty();
    }

    /** Sets the value, or leaves the parameter bare when there is none. */
    static void set(Via via, @Nullable String value) {
        via.removeParameter(KEEP);
        boolean bare = value == null;
        via.getParameters().set(new NameValue(KEEP, bare ? "" : value, bare));
    }

    static void remove(Via via) {
        via.removeParameter(KEEP);
    }

    /** Takes the value from every Via of an answer of our own: a refusal accepts nothing, whatever the phone wrote there. */
    public static void blank(SIPResponse refusal) {
        blankFrom(refusal, 0);
    }

    /** The same of the text of a Via's header field. */
    public static String blank(String via) {
        return VALUE.matcher(via).replaceAll("$1");
    }

    /** Takes the value from every Via from the given position on (0 is the topmost): nobody but us may put one there. */
    static void blankFrom(SIPMessage message, int position) {
        ViaList vias = message.getViaHeaders();
        if (vias == null) {
            return;
        }
        for (int i = position; i < vias.size(); i++) {
            Via via = vias.get(i);
            if (hasValue(via)) {
                set(via, null);
            }
        }
    }
}
