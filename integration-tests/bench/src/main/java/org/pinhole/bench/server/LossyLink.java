package org.pinhole.bench.server;

import java.io.IOException;
import java.util.List;

/**
 * A network namespace that is reached over two links: one of a bounded rate that loses packets at random in both directions,
 * where clients are, and one that does neither, where peers are. Takes root, {@code ip}, {@code tc} and {@code nft}. The
 * round trip is that of one machine: this kernel may have no queue that delays.
 */
public final class LossyLink implements AutoCloseable {
    private static final String NAME = "pinhole-bench";
    private static final String TABLE = "pinhole_bench";

    /** Where the client is. */
    public static final String CLIENT = "198.18.1.2";

    /** The namespace's address on the client's link. */
    public static final String SERVER = "198.18.1.1";

    /** Where the peers are. */
    public static final String PEERS = "198.18.2.2";

    /** The namespace's address on the peers' link. */
    public static final String RELAY = "198.18.2.1";

    private LossyLink() {}

    /** Makes both; {@code lostOf1000} of the client's link in each direction. */
    public static LossyLink open(int lostOf1000, String rate) throws IOException {
        LossyLink link = new LossyLink();
        try {
            run("ip netns add " + NAME);
            join("client", CLIENT, SERVER);
            join("peers", PEERS, RELAY);
            for (String inside : List.of("", within())) {
                String device = inside.isEmpty() ? "pinhole-client" : "client";
                run(inside + "tc qdisc add dev " + device + " root tbf rate " + rate + " burst 4kb latency 200ms");
            }
            lose("", "pinhole-client", lostOf1000);
            lose(within(), "client", lostOf1000);
            return link;
        } catch (IOException e) {
            link.close();
            throw e;
        }
    }

    /** What a command begins with that runs there. */
    public List<String> launcher() {
        return List.of("ip", "netns", "exec", NAME);
    }

    private static String within() {
        return "ip netns exec " + NAME + " ";
    }

    private static void join(String name, String here, String there) throws IOException {
        String outside = "pinhole-" + name;
        run("ip link add " + outside + " type veth peer name " + name + " netns " + NAME);
        run("ip address add " + here + "/30 dev " + outside);
        run("ip link set " + outside + " up");
        run(within() + "ip address add " + there + "/30 dev " + name);
        run(within() + "ip link set " + name + " up");
    }

    /** Where they arrive: a sender would be told of what is dropped where it leaves. */
    private static void lose(String where, String device, int of1000) throws IOException {
        run(where + "nft add table netdev " + TABLE);
        run(where + "nft add chain netdev " + TABLE + " in { type filter hook ingress device " + device
                + " priority 0 ; }");
        run(where + "nft add rule netdev " + TABLE + " in numgen random mod 1000 < " + of1000 + " drop");
    }

    private static void run(String command) throws IOException {
        String unused = Commands.run(List.of(command.split(" ")));
    }

    /** The links go with the namespace that holds their other ends. */
    @Override
    public void close() {
        for (String command : List.of("nft delete table netdev " + TABLE, "ip netns del " + NAME)) {
            try {
                run(command);
            } catch (IOException e) {
                System.err.println("bench: " + e.getMessage());
            }
        }
    }
}
