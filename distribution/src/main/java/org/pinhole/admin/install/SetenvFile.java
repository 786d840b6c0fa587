package org.pinhole.admin.install;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.pinhole.admin.file.AdminException;
import org.pinhole.admin.file.AtomicFile;
import org.pinhole.admin.file.Folders;

/** bin/setenv.sh on disk. Read and written as bytes (ISO 8859-1 maps each to one character), whatever its encoding. */
final class SetenvFile {
    private static final String OTHER_HOME =
            "if [ -r \"$CATALINA_HOME/bin/setenv.sh\" ]; then . \"$CATALINA_HOME/bin/setenv.sh\"; fi\n";

    private final Path file;

    SetenvFile(Path file) {
        this.file = file;
    }

    /** Refuses a block that somebody has edited, unless {@code force}. */
    void requireUnedited(boolean force) throws IOException {
        if (!force && read().isEdited()) {
            throw new AdminException(file + ": the pinhole block was edited by hand; move your lines outside of it, "
                    + "or say --force to lose them");
        }
    }

    /**
     * Puts the block in, or renews it.
     *
     * @param hidesAnother whether a new file here keeps the container from reading the one in CATALINA_HOME
     * @return what was done, in one line
     */
    String putBlock(boolean hidesAnother) throws IOException {
        SetenvScript script = read();
        SetenvScript.Origin origin = script.hasBlock() ? requireOrigin(script) : found();
        boolean isNew = origin == SetenvScript.Origin.NEW_FILE || origin == SetenvScript.Origin.NEW_FOLDER;
        String body = (isNew && hidesAnother ? OTHER_HOME : "") + Resources.text("install/setenv-block.sh");
        byte[] content = script.withBlock(body, origin).getBytes(ISO_8859_1);
        if (Files.exists(file) && Arrays.equals(content, Files.readAllBytes(file))) {
            return file + ": the block is there already";
        }
        Folders.require(file.resolveSibling(".").normalize());
        AtomicFile.write(file, content, "rwxr-xr-x");
        return file + ": " + (script.hasBlock() ? "block renewed" : isNew ? "created" : "block appended");
    }

    /** Takes the block out; says whether there was one. */
    boolean removeBlock() throws IOException {
        SetenvScript script = read();
        Files.deleteIfExists(AtomicFile.draftOf(file));
        if (!script.hasBlock()) {
            return false;
        }
        String text = script.withoutBlock();
        SetenvScript.Origin origin = requireOrigin(script);
        if (text.isEmpty() && (origin == SetenvScript.Origin.NEW_FILE || origin == SetenvScript.Origin.NEW_FOLDER)) {
            Files.delete(file);
            if (origin == SetenvScript.Origin.NEW_FOLDER) {
                deleteIfEmpty(file.resolveSibling(".").normalize());
            }
        } else {
            AtomicFile.write(file, text.getBytes(ISO_8859_1), "rwxr-xr-x");
        }
        return true;
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try (Stream<Path> rest = Files.list(folder)) {
            if (rest.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder);
    }

    private SetenvScript read() throws IOException {
        return SetenvScript.parse(Files.exists(file) ? new String(Files.readAllBytes(file), ISO_8859_1) : "");
    }

    private SetenvScript.Origin found() throws IOException {
        if (!Files.exists(file)) {
            return Files.exists(file.resolveSibling("."))
                    ? SetenvScript.Origin.NEW_FILE
                    : SetenvScript.Origin.NEW_FOLDER;
        }
        byte[] content = Files.readAllBytes(file);
        return content.length == 0 || content[content.length - 1] == '\n'
                ? SetenvScript.Origin.PLAIN
                : SetenvScript.Origin.LINE_END;
    }

    private static SetenvScript.Origin requireOrigin(SetenvScript script) {
        SetenvScript.Origin origin = script.origin();
        if (origin == null) {
            throw new IllegalStateException("no block");
        }
        return origin;
    }
}
