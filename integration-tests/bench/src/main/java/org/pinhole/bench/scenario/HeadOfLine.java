package org.pinhole.bench.scenario;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.pinhole.bench.load.Latencies;
import org.pinhole.bench.load.PacedSender;
import org.pinhole.bench.server.KeyKind;
import org.pinhole.bench.server.LossyLink;
import org.pinhole.bench.server.ServerKey;
import org.pinhole.suite.container.Unzip;
import org.pinhole.suite.demo.TurnSidecar;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.turn.TurnClient;
import org.pinhole.ue.turn.TurnCredentials;
import org.pinhole.ue.turn.TurnRoute;
import org.pinhole.ue.turn.TurnUri;

/**
 * What it costs that the media of all streams share one connection to the TURN server (T-7): how long a sound takes from its peer
 * to the client beside a picture, over UDP, over one TLS connection for both, and over one for each, on a link that loses packets.
 *
 * @param seconds how long a case is
 * @param lostOf1000 the links, by the packets that they lose
 * @param rate of the client's link, as {@code tc} writes it
 */
public record HeadOfLine(double seconds, List<Integer> lostOf1000, String rate) implements Scenario {
    private static final int UDP_PORT = 3478;
    private static final int TLS_PORT = 5349;
    private static final int SOUND_BYTES = 160;
    private static final int PICTURE_BYTES = 1100;

    /** How the client comes to the server. */
    private enum Way {
        UDP("UDP"),
        TOGETHER("TLS, one connection for both"),
        APART("TLS, a connection for each"),
        ALONE("TLS, no picture");

        private final String title;

        Way(String title) {
            this.title = title;
        }

        String uri() {
            return this == UDP
                    ? "turn:" + LossyLink.SERVER + ":" + UDP_PORT
                    : "turns:" + LossyLink.SERVER + ":" + TLS_PORT + "?transport=tcp";
        }
    }

    @Override
    public void run(Bed bed) throws IOException, InterruptedException {
        Path home = bed.work().resolve("head-of-line");
        if (!Files.exists(home.resolve("bin/pinhole"))) {
            Unzip.withoutTopFolder(bed.parts().distributionZip(), Files.createDirectories(home));
        }
        List<List<String>> rows = new ArrayList<>();
        for (int lost : lostOf1000) {
            try (LossyLink link = LossyLink.open(lost, rate);
                    TurnSidecar server = TurnSidecar.start(
                            home, options(bed.key(KeyKind.P_256)), bed.work().resolve("turn.log"), link.launcher())) {
                bed.report().say("%.1f %% lost: %s", lost / 10.0, server.listening());
                for (Way way : Way.values()) {
                    rows.add(row(bed, lost, way));
                }
            }
        }
        bed.report().table(List.of("lost", "way", "sound heard", "p50", "p99", "p99.9", "max"), rows);
    }

    private static List<String> options(ServerKey key) {
        return List.of(
                "--udp-listen=" + LossyLink.SERVER + ":" + UDP_PORT,
                "--tls-listen=" + LossyLink.SERVER + ":" + TLS_PORT,
                "--relay-address=" + LossyLink.RELAY,
                "--allow-peer=" + LossyLink.PEERS,
                "--realm=pinhole.test",
                "--user=alice:wonderland",
                "--certificate-file=" + key.certificate(),
                "--private-key-file=" + key.key());
    }

    private List<String> row(Bed bed, int lost, Way way) throws IOException, InterruptedException {
        TurnRoute route = TurnRoute.to(
                        TurnUri.parse(way.uri()),
                        Trust.ofPem(bed.key(KeyKind.P_256).certificate()))
                .named("127.0.0.1");
        Latencies latencies = new Latencies();
        long sent;
        long pictures;
        try (TurnClient first = TurnClient.open(route, new TurnCredentials("alice", "wonderland"));
                TurnClient second = TurnClient.open(route, new TurnCredentials("alice", "wonderland"))) {
            InetSocketAddress relay = first.allocate().relayed();
            InetSocketAddress other = way == Way.APART ? second.allocate().relayed() : relay;
            DatagramSocket sound = peer();
            DatagramSocket picture = peer();
            InetSocketAddress soundFrom = (InetSocketAddress) sound.getLocalSocketAddress();
            first.bindChannel(soundFrom);
            (way == Way.APART ? second : first).bindChannel((InetSocketAddress) picture.getLocalSocketAddress());
            first.listen((from, data) -> {
                if (from.equals(soundFrom)) {
                    latencies.record(System.nanoTime() - PacedSender.sentAt(data));
                }
            });
            try (PacedSender speaks = new PacedSender(sound, relay, SOUND_BYTES, 1, 20);
                    PacedSender shows = new PacedSender(picture, other, PICTURE_BYTES, way == Way.ALONE ? 0 : 5, 40)) {
                Thread.sleep((long) (seconds * 1000)); // the length of the case; nothing is waited for
                sent = speaks.sent();
                pictures = shows.sent();
            }
        }
        Histogram heard = latencies.drain();
        bed.report()
                .say(
                        "%.1f %% lost, %s, beside %d packets of a picture: %s",
                        lost / 10.0, way.title, pictures, Latencies.text(heard));
        return List.of(
                String.format(Locale.ROOT, "%.1f %%", lost / 10.0),
                way.title,
                String.format(Locale.ROOT, "%.1f %%", 100.0 * heard.getTotalCount() / sent),
                millis(heard, 50),
                millis(heard, 99),
                millis(heard, 99.9),
                millis(heard, 100));
    }

    private static DatagramSocket peer() throws IOException {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getByName(LossyLink.PEERS), 0));
    }

    private static String millis(Histogram heard, double percentile) {
        return String.format(Locale.ROOT, "%.1f ms", Latencies.millis(heard, percentile));
    }
}
