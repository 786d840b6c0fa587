package org.pinhole.ue.cli;

import org.pinhole.ue.sip.Misbehaviour;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What to do wrong, as an option's value. */
final class MisbehaviourConverter implements ITypeConverter<Misbehaviour> {
    @Override
    public Misbehaviour convert(String value) {
        try {
            return Misbehaviour.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
