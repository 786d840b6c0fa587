package org.pinhole.suite.bed;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.ue.doubles.AlpnGate;

/** Phones that look for a way to the edge, each behind a firewall of its own, a few at a time. */
final class EveryFirewall {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** How many look at a time: each has a JVM to start, and what it does not reach in five seconds counts as blocked. */
    private static final int AT_ONCE = 4;

    private final Bed bed;
    private final BedUe phones;
    private final Map<String, Foreign> climbing = new LinkedHashMap<>();
    private final Map<String, String> told = new LinkedHashMap<>();

    private EveryFirewall(Bed bed, BedUe phones) {
        this.bed = bed;
        this.phones = phones;
    }

    /** What each said, behind its exit code, by the variant; {@code noproxy} is who was not told of the proxy. */
    static Map<String, String> climb(Bed bed, BedUe phones, String[] throughProxy, Path folder) throws Exception {
        EveryFirewall all = new EveryFirewall(bed, phones);
        Foreign interceptor = interceptor(bed, folder);
        Foreign gate = alpnGate(bed);
        try {
            for (String variant :
                    List.of("open", "web", "refuse", "only443", "noudp", "dpi", "dpi-alpn", "intercept")) {
                all.begin(variant, BedUe.straight(), variant);
            }
            all.begin("loss", BedUe.straight(), "loss", "3");
            all.begin("proxy", throughProxy, "proxy");
            all.begin("noproxy", BedUe.straight(), "proxy");
            for (String name : all.climbing.keySet()) {
                all.hear(name);
            }
        } finally {
            all.climbing.values().forEach(Foreign::close);
            gate.close();
            interceptor.close();
        }
        return all.told;
    }

    private void begin(String name, String[] options, String... variant) throws Exception {
        List<String> earlier = List.copyOf(climbing.keySet());
        if (earlier.size() >= AT_ONCE) {
            hear(earlier.get(earlier.size() - AT_ONCE));
        }
        bed.guest(host(name), variant);
        climbing.put(
                name,
                phones.start(
                        host(name),
                        "climbs-" + name,
                        "register",
                        "dave",
                        BedUe.with(options, "--server", BedUe.EDGE, "--duration", "0")));
    }

    private void hear(String name) throws Exception {
        Foreign phone = Objects.requireNonNull(climbing.get(name), name);
        int code = phone.await(LIMIT);
        told.put(name, "exit " + code + "\n" + phone.output());
    }

    private static String host(String variant) {
        return "on" + variant.replace("-", "");
    }

    /** Somebody on the way who resets what offers an ALPN that is not the web's. */
    private static Foreign alpnGate(Bed bed) throws Exception {
        Path classes = Path.of(AlpnGate.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Foreign gate = bed.start(
                "fw",
                "alpn-gate",
                List.of(
                        Jdk.running().home().resolve("bin/java").toString(),
                        "-Xmx32m",
                        "-cp",
                        classes.toString(),
                        AlpnGate.class.getName(),
                        "4434",
                        Bed.EDGE,
                        "443"));
        await().atMost(LIMIT).until(() -> gate.output().contains("listening"));
        return gate;
    }

    /** Somebody on the way who shows a certificate of his own. */
    private static Foreign interceptor(Bed bed, Path folder) throws Exception {
        ServerCertificate strangers = ServerCertificate.selfSigned(folder, BedUe.EDGE);
        return bed.start(
                "fw",
                "interceptor",
                List.of(
                        "openssl",
                        "s_server",
                        "-quiet",
                        "-accept",
                        "4433",
                        "-cert",
                        strangers.certificate().toString(),
                        "-key",
                        strangers.key().toString()));
    }
}
