package org.pinhole.admin.user;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of a user file as a value. Comments, empty lines and the order of the rest are kept through every change. */
final class UserList {
    private final List<String> lines;

    private UserList(List<String> lines) {
        this.lines = lines;
    }

    /** Reads the text; a line that is no user, comment or blank is an IllegalArgumentException naming its number. */
    static UserList parse(String text) {
        List<String> lines = new ArrayList<>();
        if (!text.isEmpty()) {
            lines.addAll(
                    Arrays.asList((text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1)));
        }
        for (int i = 0; i < lines.size(); i++) {
            try {
                UserLine.parse(withoutReturn(lines.get(i)));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException((i + 1) + ": " + wrong.getMessage(), wrong);
            }
        }
        return new UserList(lines);
    }

    /** All users, in the file's order. */
    List<UserLine> users() {
        List<UserLine> users = new ArrayList<>();
        for (String line : lines) {
            UserLine user = userIn(line);
            if (user != null) {
                users.add(user);
            }
        }
        return users;
    }

    List<UserLine> of(String user, String realm) {
        return users().stream().filter(line -> line.isOf(user, realm)).collect(Collectors.toList());
    }

    /** Puts the user's lines where the old ones stood, else at the end. */
    UserList with(String user, String realm, List<UserLine> replacement) {
        List<String> changed = new ArrayList<>();
        int place = -1;
        for (String line : lines) {
            UserLine there = userIn(line);
            if (there != null && there.isOf(user, realm)) {
                place = place < 0 ? changed.size() : place;
            } else {
                changed.add(line);
            }
        }
        changed.addAll(
                place < 0 ? changed.size() : place,
                replacement.stream().map(UserLine::text).collect(Collectors.toList()));
        return new UserList(changed);
    }

    String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static @Nullable UserLine userIn(String line) {
        return UserLine.parse(withoutReturn(line));
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
