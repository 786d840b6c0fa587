package org.pinhole.ue.cli;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of seconds for which servers are waited for; who calls waits as long. */
final class GatherWithinConverter implements ITypeConverter<Duration> {
    private static final int MOST = 60;

    @Override
    public Duration convert(String value) {
        try {
            int seconds = Integer.parseInt(value);
            if (seconds >= 1 && seconds <= MOST) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // told like any other that does not fit
        }
        throw new TypeConversionException("'" + value + "' is no time to gather in; write 1 to " + MOST + " seconds");
    }
}
