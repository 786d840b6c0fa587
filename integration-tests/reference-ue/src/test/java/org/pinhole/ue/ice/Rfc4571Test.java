package org.pinhole.ue.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("U-15")
class Rfc4571Test {
    @Test
    void aFrameHasItsLengthInFrontInTwoOctets() {
        assertThat(Rfc4571.framed(new byte[300])).hasSize(302).startsWith(1, 44);
    }

    @Test
    void framesComeOutOfAStreamOneByOneAndTheEndBetweenTwoIsTheEnd() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(Rfc4571.framed(new byte[] {1, 2}));
        octets.writeBytes(Rfc4571.framed(new byte[0]));
        octets.writeBytes(Rfc4571.framed(new byte[] {3}));
        ByteArrayInputStream in = new ByteArrayInputStream(octets.toByteArray());

        assertThat(Rfc4571.read(in)).containsExactly(1, 2);
        assertThat(Rfc4571.read(in)).isEmpty();
        assertThat(Rfc4571.read(in)).containsExactly(3);
        assertThat(Rfc4571.read(in)).isNull();
    }

    @Test
    void aStreamThatEndsInAFrameIsBroken() {
        ByteArrayInputStream in = new ByteArrayInputStream(new byte[] {0, 2, 1});

        assertThatThrownBy(() -> Rfc4571.read(in)).isInstanceOf(EOFException.class);
    }

    @Test
    void moreThanALengthCanSayIsRefused() {
        assertThatThrownBy(() -> Rfc4571.framed(new byte[65_536])).isInstanceOf(IllegalArgumentException.class);
    }
}
