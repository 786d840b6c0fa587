package org.pinhole.ue.cli;

import org.pinhole.ue.turn.TurnUri;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A TURN URI (RFC 7065) as an option's value. */
final class TurnUriConverter implements ITypeConverter<TurnUri> {
    @Override
    public TurnUri convert(String value) {
        try {
            return TurnUri.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
