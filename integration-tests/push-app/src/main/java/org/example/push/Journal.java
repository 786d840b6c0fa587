package org.example.push;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What has happened lately, the newest last. Safe for any thread. */
final class Journal {
    private static final int LINES = 100;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (lines.size() == LINES) {
            lines.remove();
        }
        lines.add(line);
    }

    synchronized List<String> lines() {
        return new ArrayList<>(lines);
    }
}
