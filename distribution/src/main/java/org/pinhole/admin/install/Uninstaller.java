package org.pinhole.admin.install;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pinhole.admin.file.AtomicFile;
import org.pinhole.admin.file.Trees;

/** Takes everything out that an installation and its running have put in; what the operator would miss goes to a zip. */
final class Uninstaller {
    private final Container container;
    private final PrintWriter out;

    Uninstaller(Container container, PrintWriter out) {
        this.container = container;
        this.out = out;
    }

    /**
     * Uninstalls.
     *
     * @param archive where settings, users and keys are saved, or null to discard them
     */
    void uninstall(@Nullable Path archive, boolean force) throws IOException {
        SetenvFile setenv = new SetenvFile(container.setenv());
        setenv.requireUnedited(force);
        List<Path> files = savedFiles();
        if (archive != null && !files.isEmpty()) {
            SettingsArchive.write(archive, container.base(), files);
            out.println(archive + ": settings, users and keys saved (" + files.size() + " files, for your eyes only)");
        }
        boolean any = setenv.removeBlock();
        if (any) {
            out.println(container.setenv() + ": restored");
        }
        for (Path path : ours()) {
            if (Trees.delete(path)) {
                any = true;
                out.println(path + ": removed");
            }
        }
        out.println(any ? "Done; restart the container." : container.base() + ": nothing of Pinhole is here");
    }

    private List<Path> savedFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path place : Arrays.asList(container.settings(), container.users(), container.runtimeKeys())) {
            files.addAll(Trees.files(place));
        }
        return files;
    }

    private List<Path> ours() throws IOException {
        List<Path> paths = new ArrayList<>(Arrays.asList(
                container.war(),
                AtomicFile.draftOf(container.war()),
                container.unpackedWar(),
                container.settings(),
                AtomicFile.draftOf(container.settings()),
                container.users(),
                AtomicFile.draftOf(container.users()),
                container.runtimeKeys(),
                container.ourFolder()));
        paths.addAll(workFolders());
        return paths;
    }

    /** The container's scratch folder of the WAR: work/ENGINE/HOST/pinhole. */
    private List<Path> workFolders() throws IOException {
        if (!Files.isDirectory(container.work())) {
            return new ArrayList<>();
        }
        try (Stream<Path> folders = Files.walk(container.work(), 3)) {
            return folders.filter(
                            folder -> folder.getNameCount() == container.work().getNameCount() + 3)
                    .filter(folder -> folder.endsWith("pinhole"))
                    .collect(Collectors.toList());
        }
    }
}
