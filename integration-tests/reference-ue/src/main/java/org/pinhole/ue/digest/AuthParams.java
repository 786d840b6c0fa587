package org.pinhole.ue.digest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The comma-separated {@code name=value} list of an authentication header. Values are unquoted. */
public final class AuthParams {
    private record Param(String name, String value) {}

    private final List<Param> params;

    private AuthParams(List<Param> params) {
        this.params = List.copyOf(params);
    }

    /** Reads the list; parts without {@code =} are passed over. */
    public static AuthParams parse(String text) {
        List<Param> params = new ArrayList<>();
        for (String part : Quoted.split(text, ',')) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                String value = Quoted.unquote(part.substring(equals + 1).trim());
                params.add(new Param(part.substring(0, equals).trim(), value));
            }
        }
        return new AuthParams(params);
    }

    @Nullable
    public String find(String name) {
        for (Param param : params) {
            if (param.name().equalsIgnoreCase(name)) {
                return param.value();
            }
        }
        return null;
    }
}
