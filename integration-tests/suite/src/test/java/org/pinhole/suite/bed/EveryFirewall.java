package org.pinhole.suite.bed;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.ue.doubles.AlpnGate;

/** Phones that look for a way to the edge, each behind a firewall of its own, all at the same time. */
final class EveryFirewall {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private EveryFirewall() {}

    /** What each said, behind its exit code, by the variant; {@code noproxy} is who was not told of the proxy. */
    static Map<String, String> climb(Bed bed, BedUe phones, String[] throughProxy, Path folder) throws Exception {
        Map<String, Foreign> climbing = new LinkedHashMap<>();
        Map<String, String> told = new LinkedHashMap<>();
        Foreign interceptor = interceptor(bed, folder);
        Foreign gate = alpnGate(bed);
        try {
            for (String variant :
                    List.of("open", "web", "refuse", "only443", "noudp", "dpi", "dpi-alpn", "intercept")) {
                bed.guest(host(variant), variant);
                climbing.put(variant, register(phones, variant, BedUe.straight()));
            }
            bed.guest("onloss", "loss", "3");
            climbing.put("loss", register(phones, "loss", BedUe.straight()));
            bed.guest("onproxy", "proxy");
            climbing.put("proxy", register(phones, "proxy", throughProxy));
            bed.guest("onnoproxy", "proxy");
            climbing.put("noproxy", register(phones, "noproxy", BedUe.straight()));
            for (Map.Entry<String, Foreign> one : climbing.entrySet()) {
                int code = one.getValue().await(LIMIT);
                told.put(one.getKey(), "exit " + code + "\n" + one.getValue().output());
            }
        } finally {
            climbing.values().forEach(Foreign::close);
            gate.close();
            interceptor.close();
        }
        return told;
    }

    private static Foreign register(BedUe phones, String name, String[] options) throws Exception {
        return phones.start(
                host(name),
                "climbs-" + name,
                "register",
                "dave",
                BedUe.with(options, "--server", BedUe.EDGE, "--duration", "0"));
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
