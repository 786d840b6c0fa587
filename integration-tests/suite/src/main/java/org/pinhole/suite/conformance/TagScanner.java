package org.pinhole.suite.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the requirement tags in the source of one test class. Reads text, not classes, so that the table can be made before
 * anything compiles; relies on the formatter that every source goes through (one annotation a line, no tags in comments).
 */
final class TagScanner {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([^\"]+)\"\\)");
    private static final Pattern TYPE = Pattern.compile("^(\\s*)(?:[a-z]+ )*(?:class|interface|record) (\\w+)");
    private static final Pattern METHOD = Pattern.compile("^\\s+(?:[a-z]+ )*void (\\w+)\\(");

    private TagScanner() {}

    /** In the order of the source. Tags that are no requirement's ("agent") are left out. */
    static List<TaggedTest> scan(String source) {
        List<TaggedTest> found = new ArrayList<>();
        List<String> pending = new ArrayList<>();
        String outer = "";
        String type = "";
        String end = "";
        for (String line : source.lines().toList()) {
            Matcher tag = TAG.matcher(line);
            while (tag.find()) {
                pending.add(tag.group(1));
            }
            Matcher declaration = TYPE.matcher(line);
            Matcher method = METHOD.matcher(line);
            String name = null;
            if (declaration.find()) {
                String indent = declaration.group(1);
                if (indent.isEmpty()) {
                    outer = declaration.group(2);
                    type = outer;
                    name = type;
                } else {
                    // A nested class is named with its outer one, as the test report does.
                    name = outer + "$" + declaration.group(2);
                    if (end.isEmpty() && line.endsWith("{")) {
                        type = name;
                        end = indent + "}";
                    }
                }
            } else if (method.find()) {
                name = type + "." + method.group(1);
            } else if (line.equals(end)) { // what stands behind a nested type is the outer one's again
                type = outer;
                end = "";
            }
            if (name != null) {
                for (String id : pending) {
                    if (Requirement.ID.matcher(id).matches()) {
                        found.add(new TaggedTest(id, name));
                    }
                }
                pending.clear();
            }
        }
        return found;
    }
}
