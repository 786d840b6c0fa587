package org.pinhole.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewestTest {
    private final Newest<String, Integer> newest = new Newest<>(2);

    @Test
    void theOldestMakesRoomAndIsNamed() {
        assertThat(newest.put("one", 1)).isNull();
        assertThat(newest.put("two", 2)).isNull();

        assertThat(newest.put("three", 3)).isEqualTo("one");

        assertThat(names()).containsExactly("two", "three");
        assertThat(newest.get("one")).isNull();
        assertThat(newest.contains("two")).isTrue();
    }

    @Test
    void whatIsPutAgainIsTheNewest() {
        newest.put("one", 1);
        newest.put("two", 2);
        newest.put("one", 11);

        assertThat(newest.put("three", 3)).isEqualTo("two");
        assertThat(newest.get("one")).isEqualTo(11);
    }

    @Test
    void withoutAnythingInItItAnswersAndGoesOn() {
        assertThat(newest.remove("none")).isNull();
        newest.removeIf(value -> true);
        newest.clear();
        assertThat(newest.size()).isZero();

        newest.put("one", 1);
        newest.put("two", 2);
        newest.removeIf(value -> value == 1);
        assertThat(newest.remove("two")).isEqualTo(2);
        assertThat(names()).isEmpty();

        newest.put("again", 3);
        assertThat(names()).containsExactly("again");
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        newest.forEach((name, value) -> names.add(name));
        return names;
    }
}
