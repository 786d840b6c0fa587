package org.pinhole.admin.install;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings that a pinhole.properties speaks of, set or commented out. */
final class SettingNames {
    private static final Pattern NAME =
            Pattern.compile("^\\s*[#!]?\\s*(pinhole\\.[a-z0-9.-]+)\\s*[=:]", Pattern.MULTILINE);

    private SettingNames() {}

    static Set<String> in(String properties) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = NAME.matcher(properties);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** What the template has and the operator's file lacks: the news of an upgrade. */
    static Set<String> newIn(String template, String operators) {
        Set<String> names = in(template);
        names.removeAll(in(operators));
        return names;
    }
}
