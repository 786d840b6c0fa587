package org.pinhole.admin.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;

/** Owner and group of something that is there, for what we put beside it: the container's user has to be able to read it. */
final class Ownership {
    private final UserPrincipal owner;
    private final GroupPrincipal group;

    private Ownership(UserPrincipal owner, GroupPrincipal group) {
        this.owner = owner;
        this.group = group;
    }

    static Ownership of(Path path) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
        return new Ownership(attributes.owner(), attributes.group());
    }

    /** Gives a path away as far as we may: root anything, others only to a group that they are in. */
    void giveTo(Path path) throws IOException {
        Ownership now = of(path);
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (!now.group.equals(group)) {
            setGroup(view);
        }
        if (!now.owner.equals(owner) && isRoot()) {
            view.setOwner(owner);
        }
    }

    private void setGroup(PosixFileAttributeView view) throws IOException {
        try {
            view.setGroup(group);
        } catch (FileSystemException notOurs) {
            if (isRoot()) {
                throw notOurs;
            }
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
