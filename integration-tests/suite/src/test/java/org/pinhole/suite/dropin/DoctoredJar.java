package org.pinhole.suite.dropin;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.MemberRemoval;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/** A jar of the container, one class of which has lost a method. */
final class DoctoredJar {
    private DoctoredJar() {}

    /** Takes every method of this name out of the class, in place. */
    static void withoutMethod(Path jar, String type, String method) throws IOException {
        byte[] doctored;
        // The types that the class mentions are the same container's, which is on this class path, too.
        ClassFileLocator others = ClassFileLocator.ForClassLoader.of(DoctoredJar.class.getClassLoader());
        try (ClassFileLocator classes =
                new ClassFileLocator.Compound(ClassFileLocator.ForJarFile.of(jar.toFile()), others)) {
            TypeDescription whole = TypePool.Default.of(classes).describe(type).resolve();
            doctored = new ByteBuddy()
                    .redefine(whole, classes)
                    .visit(new MemberRemoval().stripMethods(named(method)))
                    .make()
                    .getBytes();
        }
        replace(jar, type.replace('.', '/') + ".class", doctored);
    }

    private static void replace(Path jar, String name, byte[] content) throws IOException {
        Path other = jar.resolveSibling(jar.getFileName() + ".doctored");
        try (ZipFile from = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(other);
                ZipOutputStream to = new ZipOutputStream(file)) {
            Enumeration<? extends ZipEntry> entries = from.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(
                        entry.getName().equals(name)
                                ? content
                                : from.getInputStream(entry).readAllBytes());
                to.closeEntry();
            }
        }
        Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
