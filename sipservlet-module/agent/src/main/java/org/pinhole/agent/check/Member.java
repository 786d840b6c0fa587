package org.pinhole.agent.check;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;
import org.jspecify.annotations.Nullable;

/** A member of a container class that we rely on, by name: a method with its parameter types, or a field. */
public final class Member {
    private final String type;
    private final String name;
    /** Erased parameter type names; null for a field. */
    private final @Nullable List<String> parameters;

    private Member(String type, String name, @Nullable List<String> parameters) {
        this.type = type;
        this.name = name;
        this.parameters = parameters;
    }

    /** A method declared in exactly this class. */
    public static Member method(String type, String name, String... parameters) {
        return new Member(type, name, Arrays.asList(parameters));
    }

    /** A field declared in exactly this class. */
    public static Member field(String type, String name) {
        return new Member(type, name, null);
    }

    /** The class that declares it. */
    public String type() {
        return type;
    }

    /** Whether the class, as its class file has it, declares this member. */
    boolean in(TypeDescription description) {
        if (parameters == null) {
            for (FieldDescription.InDefinedShape field : description.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return true;
                }
            }
            return false;
        }
        for (MethodDescription.InDefinedShape method : description.getDeclaredMethods()) {
            if (matches(method)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a method is this one. */
    public boolean matches(MethodDescription method) {
        if (parameters == null || !method.getName().equals(name) || method.isAbstract()) {
            return false;
        }
        List<String> actual =
                method.getParameters().stream().map(Member::erasedName).collect(Collectors.toList());
        return actual.equals(parameters);
    }

    private static String erasedName(ParameterDescription parameter) {
        return parameter.getType().asErasure().getName();
    }

    @Override
    public String toString() {
        return parameters == null
                ? type + "#" + name
                : type + "#" + name + parameters.stream().collect(Collectors.joining(", ", "(", ")"));
    }
}
