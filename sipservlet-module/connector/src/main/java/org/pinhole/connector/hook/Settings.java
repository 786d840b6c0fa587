package org.pinhole.connector.hook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pinhole.bridge.DeploymentRefused;

/**
 * The effective {@code pinhole.*} settings of one application. From the strongest to the weakest: the system property, the
 * line {@code APP-NAME.pinhole.x} of conf/pinhole.properties, its line {@code pinhole.x}, the application's descriptor, the
 * default. Pure: everything comes in as an argument.
 */
final class Settings {
    private final Map<Parameter, String> values;
    private final Set<Parameter> given;

    private Settings(Map<Parameter, String> values, Set<Parameter> given) {
        this.values = values;
        this.given = given;
    }

    /** Whether an application asks for Pinhole at all: by its descriptor, or by a line of its own in the file. */
    static boolean enabled(String application, Map<String, String> descriptor, Properties file) {
        for (String name : descriptor.keySet()) {
            if (name.startsWith(Parameter.PREFIX)) {
                return true;
            }
        }
        for (String name : file.stringPropertyNames()) {
            if (name.startsWith(application + '.' + Parameter.PREFIX)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads and checks them all.
     *
     * @throws DeploymentRefused naming the parameter, its value, where it stands and what is allowed
     */
    static Settings of(String application, Map<String, String> descriptor, Properties file, Properties system) {
        refuseUnknown(application, descriptor.keySet(), "", "the deployment descriptor");
        refuseUnknown(application, file.stringPropertyNames(), application + '.', "conf/pinhole.properties");
        Map<Parameter, String> values = new LinkedHashMap<>();
        Set<Parameter> given = EnumSet.noneOf(Parameter.class);
        for (Parameter parameter : Parameter.values()) {
            String value = find(parameter, application, descriptor, file, system);
            values.put(parameter, value == null ? parameter.defaultValue() : value);
            if (value != null) {
                given.add(parameter);
            }
        }
        return new Settings(values, given);
    }

    /**
     * One parameter, also for an application that does not ask for Pinhole.
     *
     * @throws DeploymentRefused as above
     */
    static String one(
            Parameter parameter,
            String application,
            Map<String, String> descriptor,
            Properties file,
            Properties system) {
        String value = find(parameter, application, descriptor, file, system);
        return value == null ? parameter.defaultValue() : value;
    }

    private static @Nullable String find(
            Parameter parameter,
            String application,
            Map<String, String> descriptor,
            Properties file,
            Properties system) {
        String key = parameter.key();
        String qualified = application + '.' + key;
        if (system.getProperty(key) != null) {
            return checked(application, parameter, system.getProperty(key), "system property");
        }
        if (file.getProperty(qualified) != null) {
            return checked(application, parameter, file.getProperty(qualified), "conf/pinhole.properties");
        }
        if (file.getProperty(key) != null) {
            return checked(application, parameter, file.getProperty(key), "conf/pinhole.properties");
        }
        return checked(application, parameter, descriptor.get(key), "deployment descriptor");
    }

    /** The parts of a value that lists several, without blanks. */
    static List<String> list(String value) {
        List<String> parts = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            if (!part.trim().isEmpty()) {
                parts.add(part.trim());
            }
        }
        return parts;
    }

    /** Null when nothing is set. */
    private static @Nullable String checked(
            String application, Parameter parameter, @Nullable String raw, String source) {
        String value = raw == null ? "" : raw.trim();
        if (value.isEmpty()) {
            return null;
        }
        try {
            parameter.check(value);
        } catch (IllegalArgumentException wrong) {
            throw new DeploymentRefused(
                    application + ": " + parameter.key() + "=" + value + " (" + source + "): " + wrong.getMessage());
        }
        return value;
    }

    /** A misspelt parameter would be a setting that silently does nothing. */
    private static void refuseUnknown(
            String application, Iterable<String> names, String applicationPrefix, String source) {
        for (String name : names) {
            // Application pinhole's own lines read pinhole.pinhole.x: the prefix is one only before another name of
            // ours.
            boolean qualified = !applicationPrefix.isEmpty() && name.startsWith(applicationPrefix + Parameter.PREFIX);
            String key = qualified ? name.substring(applicationPrefix.length()) : name;
            boolean anothers = key.startsWith(Parameter.PREFIX + Parameter.PREFIX);
            if (key.startsWith(Parameter.PREFIX) && Parameter.find(key) == null && !anothers) {
                throw new DeploymentRefused(application + ": " + name + " (" + source
                        + "): no such parameter; there are " + String.join(", ", known()));
            }
        }
    }

    private static Iterable<String> known() {
        Map<String, Boolean> names = new TreeMap<>();
        for (Parameter parameter : Parameter.values()) {
            names.put(parameter.key(), true);
        }
        return names.keySet();
    }

    String get(Parameter parameter) {
        String value = values.get(parameter);
        return value == null ? "" : value;
    }

    /** Whether somebody has set it, be it to its default. */
    boolean isGiven(Parameter parameter) {
        return given.contains(parameter);
    }

    /** The value of a parameter that is a number. */
    int number(Parameter parameter) {
        return Integer.parseInt(get(parameter));
    }

    /** The same with another value. */
    Settings with(Parameter parameter, String value) {
        Map<Parameter, String> copy = new LinkedHashMap<>(values);
        copy.put(parameter, value);
        return new Settings(copy, given);
    }

    /** By name, for those who ask a flow. */
    Map<String, String> asMap() {
        Map<String, String> byName = new LinkedHashMap<>();
        values.forEach((parameter, value) -> byName.put(parameter.key(), value));
        return Collections.unmodifiableMap(byName);
    }
}
