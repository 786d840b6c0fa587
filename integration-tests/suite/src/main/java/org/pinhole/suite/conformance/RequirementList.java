package org.pinhole.suite.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads requirements.tsv: {@code id TAB level TAB source TAB text}, one a line, and where one does not apply a fifth field that
 * says why.
 */
final class RequirementList {
    private static final String RESOURCE = "/requirements.tsv";

    private RequirementList() {}

    static SortedMap<String, Requirement> load() {
        InputStream resource = Objects.requireNonNull(RequirementList.class.getResourceAsStream(RESOURCE), RESOURCE);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return parse(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    static SortedMap<String, Requirement> parse(List<String> lines) {
        SortedMap<String, Requirement> byId = new TreeMap<>(Requirement.ID_ORDER);
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            if (fields.length != 4 && fields.length != 5) {
                throw new IllegalArgumentException("expected four or five fields separated by tabs, saw: " + line);
            }
            String notHere = fields.length == 5 ? fields[4] : "";
            Requirement requirement = new Requirement(fields[0], fields[1], fields[2], fields[3], notHere);
            if (byId.put(requirement.id(), requirement) != null) {
                throw new IllegalArgumentException("requirement " + requirement.id() + " is listed twice");
            }
        }
        return byId;
    }
}
