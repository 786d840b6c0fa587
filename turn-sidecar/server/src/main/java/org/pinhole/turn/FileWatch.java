package org.pinhole.turn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether files have changed. Looks at them instead of waiting to be told, so that links which are switched over are seen
 * too; a change counts once it looks the same twice, so that two files written one after the other are one change.
 */
final class FileWatch {
    private Map<Path, String> handled;
    private Map<Path, String> last;

    FileWatch(List<Path> files) {
        this.handled = look(files);
        this.last = handled;
    }

    /** Looks; true once for every change that has come to rest. */
    boolean hasChanged(List<Path> files) {
        Map<Path, String> now = look(files);
        boolean atRest = now.equals(last);
        last = now;
        if (!atRest || now.equals(handled)) {
            return false;
        }
        handled = now;
        return true;
    }

    private static Map<Path, String> look(List<Path> files) {
        Map<Path, String> seen = new LinkedHashMap<>();
        for (Path file : files) {
            seen.put(file, look(file));
        }
        return seen;
    }

    private static String look(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.fileKey() + " " + attributes.size() + " " + attributes.lastModifiedTime();
        } catch (IOException e) {
            return "missing";
        }
    }
}
