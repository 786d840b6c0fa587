package org.pinhole.turn.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** vectors/turn-identity.json as maps, lists and strings; the SIP application tests against a copy of the same file. */
final class VectorFile {
    /** One object of a list; every name that a test asks for is there. */
    record Entry(Map<String, String> fields) {
        String get(String name) {
            return Objects.requireNonNull(fields.get(name), name);
        }
    }

    private final Map<?, ?> root;

    private VectorFile(Map<?, ?> root) {
        this.root = root;
    }

    static VectorFile read() {
        try (InputStream in =
                        Objects.requireNonNull(VectorFile.class.getResourceAsStream("/vectors/turn-identity.json"));
                JsonParser json = new JsonFactory().createParser(in)) {
            json.nextToken();
            return new VectorFile((Map<?, ?>) value(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String realm() {
        return (String) Objects.requireNonNull(root.get("realm"));
    }

    /** The list of objects at a path of names. */
    List<Entry> list(String... path) {
        Object at = root;
        for (String name : path) {
            at = Objects.requireNonNull(((Map<?, ?>) at).get(name));
        }
        List<Entry> list = new ArrayList<>();
        for (Object element : (List<?>) at) {
            Map<String, String> entry = new LinkedHashMap<>();
            ((Map<?, ?>) element).forEach((name, value) -> entry.put((String) name, String.valueOf(value)));
            list.add(new Entry(entry));
        }
        return list;
    }

    private static Object value(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                map.put(name, value(json));
            }
            return map;
        }
        if (json.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(json));
            }
            return list;
        }
        return json.getText();
    }
}
