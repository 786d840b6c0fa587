package org.pinhole.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceAddressesTest {
    @Test
    void twentyThousandPhonesComeFromAsManyNetworksOfTheLoopback() {
        List<InetSocketAddress> sources =
                IntStream.range(0, 20_000).mapToObj(SourceAddresses::of).toList();

        assertThat(sources)
                .doesNotHaveDuplicates()
                .allSatisfy(source ->
                        assertThat(source.getAddress().isLoopbackAddress()).isTrue());
    }
}
