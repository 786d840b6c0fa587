package org.pinhole.bench.scenario;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way of loading a registrar.
 *
 * @param connections how many phones
 * @param outstanding requests under way per phone
 * @param target what ours should be, in times of the better stock processor
 */
public record RegisterCase(int connections, int outstanding, double target) {
    private static final Pattern FORM = Pattern.compile("(\\d+)/(\\d+):(\\d+(?:\\.\\d+)?)");

    /** Reads {@code connections/outstanding:target}, such as 100/1:1.2. */
    public static RegisterCase parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    text + ": not of the form CONNECTIONS/OUTSTANDING:TARGET, such as 100/1:1.2");
        }
        return new RegisterCase(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Double.parseDouble(parts.group(3)));
    }

    @Override
    public String toString() {
        return connections + " connections, " + outstanding + " outstanding each";
    }
}
