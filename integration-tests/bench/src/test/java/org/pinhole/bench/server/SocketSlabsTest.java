package org.pinhole.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SocketSlabsTest {
    @Test
    void aSocketIsWhatItTakesInEachCacheAndOnlyTheInodesOfSocketsCount() {
        List<String> slabinfo = List.of(
                "slabinfo - version: 2.1",
                "# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>",
                "tw_sock_TCPv6         19  100    256   16    1 : tunables    0    0    0",
                "TCPv6                  2   13   2496   13    8 : tunables    0    0    0",
                "TCP                    1   13   2368   13    8 : tunables    0    0    0",
                "sock_inode_cache       3   19    832   19    4 : tunables    0    0    0",
                "filp                   3   21    192   21    1 : tunables    0    0    0",
                "dentry            169357 169848  192   21    1 : tunables    0    0    0",
                "eventpoll_epi          3   32    128   32    1 : tunables    0    0    0");

        assertThat(SocketSlabs.bytes(slabinfo)).isEqualTo(2 * 2496 + 2368 + 3 * (832 + 192 + 192 + 128));
    }
}
