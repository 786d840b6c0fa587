package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
    @TempDir
    Path folder;

    @Test
    void aChangeIsToldOnceAndOnlyWhenItHasComeToRest() throws Exception {
        Path certificate = Files.writeString(folder.resolve("certificate"), "old");
        Path key = Files.writeString(folder.resolve("key"), "old");
        List<Path> files = List.of(certificate, key);
        FileWatch watch = new FileWatch(files);

        assertThat(watch.hasChanged(files)).isFalse();
        Files.writeString(certificate, "newer");
        assertThat(watch.hasChanged(files)).isFalse();
        Files.writeString(key, "newer");
        assertThat(watch.hasChanged(files)).isFalse();
        assertThat(watch.hasChanged(files)).isTrue();
        assertThat(watch.hasChanged(files)).isFalse();
    }

    @Test
    void aLinkThatPointsElsewhereAndAFileThatIsGoneAreChanges() throws Exception {
        Path one = Files.writeString(folder.resolve("1"), "same length");
        Path two = Files.writeString(folder.resolve("2"), "also eleven");
        Path link = Files.createSymbolicLink(folder.resolve("link"), one);
        FileWatch watch = new FileWatch(List.of(link));

        Files.delete(link);
        Files.createSymbolicLink(link, two);
        assertThat(watch.hasChanged(List.of(link))).isFalse();
        assertThat(watch.hasChanged(List.of(link))).isTrue();
        Files.delete(link);
        assertThat(watch.hasChanged(List.of(link))).isFalse();
        assertThat(watch.hasChanged(List.of(link))).isTrue();
    }
}
