package org.pinhole.admin.install;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.pinhole.admin.file.AtomicFile;
import org.pinhole.admin.file.Folders;
import org.pinhole.admin.file.Trees;

/**
 * Installs or upgrades. The steps can be interrupted anywhere and repeated: until setenv.sh names the agent the container
 * starts as before, and the WAR, which needs the agent, comes last.
 */
final class Installer {
    private final Container container;
    private final Parts parts;
    private final PrintWriter out;

    Installer(Container container, Parts parts, PrintWriter out) {
        this.container = container;
        this.parts = parts;
        this.out = out;
    }

    void install(boolean force) throws IOException {
        SetenvFile setenv = new SetenvFile(container.setenv());
        setenv.requireUnedited(force);
        Folders.makeOurs(container.ourFolder());
        copy(parts.agentJar(), container.agentJar());
        settings();
        out.println(setenv.putBlock(container.isBaseOfAnotherHome()));
        if (copy(parts.war(), container.war()) && Trees.delete(container.unpackedWar())) {
            out.println(container.unpackedWar() + ": the old unpacked application removed");
        }
        next();
    }

    /** The operator's settings are theirs; an upgrade only says what is new. */
    private void settings() throws IOException {
        Path file = container.settings();
        String template = Resources.text("conf/pinhole.properties");
        if (!Files.exists(file)) {
            AtomicFile.write(file, template.getBytes(StandardCharsets.UTF_8), "rw-r-----");
            out.println(file + ": written, everything at its default");
            return;
        }
        Set<String> news =
                SettingNames.newIn(template, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        out.println(file + ": kept"
                + (news.isEmpty() ? "" : "; new settings it does not mention: " + String.join(", ", news)));
    }

    private boolean copy(Path from, Path to) throws IOException {
        byte[] content = Files.readAllBytes(from);
        if (Files.exists(to) && Arrays.equals(content, Files.readAllBytes(to))) {
            out.println(to + ": unchanged");
            return false;
        }
        AtomicFile.write(to, content, "rw-r--r--");
        out.println(to + ": written");
        return true;
    }

    private void next() {
        out.println();
        out.println("Next: set pinhole.digest.realm and the certificate in " + container.settings() + ",");
        out.println("      add a user with  bin/pinhole user add --container '" + container.base() + "' NAME,");
        out.println("      and restart the container.");
    }
}
