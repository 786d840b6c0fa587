package org.pinhole.ue.sip;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.digest.Quoted;

/** The {@code ;name=value} list behind a header value, in order. Names compare without case; values are unquoted. */
public final class SipParams {
    private record Param(String name, @Nullable String value) {}

    private final List<Param> params;

    private SipParams(List<Param> params) {
        this.params = List.copyOf(params);
    }

    /** Reads what follows the first semicolon, such as {@code branch=z9;rport;keep}. */
    static SipParams parse(String text) {
        List<Param> params = new ArrayList<>();
        for (String part : Quoted.split(text, ';')) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            if (equals < 0) {
                params.add(new Param(part, null));
            } else {
                String value = Quoted.unquote(part.substring(equals + 1).trim());
                params.add(new Param(part.substring(0, equals).trim(), value));
            }
        }
        return new SipParams(params);
    }

    public boolean has(String name) {
        return params.stream().anyMatch(param -> param.name().equalsIgnoreCase(name));
    }

    /** The value, or null when the parameter is absent or stands without one. */
    @Nullable
    public String find(String name) {
        for (Param param : params) {
            if (param.name().equalsIgnoreCase(name)) {
                return param.value();
            }
        }
        return null;
    }

    /** The value as a decimal number without sign, or null when there is none. */
    @Nullable
    public Integer findNumber(String name) {
        String value = find(name);
        return value != null && value.matches("[0-9]{1,9}") ? Integer.valueOf(value) : null;
    }
}
