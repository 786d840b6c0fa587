package org.pinhole.bench.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate for 127.0.0.1 with its key, in the forms that the contestants read. All of them serve the same.
 *
 * @param store PKCS#12, for the stock processors
 * @param certificate PEM, for the others and for the phones to trust
 * @param key PEM, PKCS#8
 */
public record ServerKey(Path store, Path certificate, Path key) {
    static final String PASSWORD = "benchmark";
    private static final String ALIAS = "server";

    /** Makes one in {@code folder}, or takes the one that is there. */
    public static ServerKey in(Path folder, KeyKind kind) throws IOException {
        Files.createDirectories(folder);
        ServerKey made = new ServerKey(
                folder.resolve(kind + ".p12"), folder.resolve(kind + ".pem"), folder.resolve(kind + ".key"));
        if (!Files.exists(made.key)) {
            Files.deleteIfExists(made.store);
            made.generate(kind);
            made.export();
        }
        return made;
    }

    private void generate(KeyKind kind) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(kind.keytool());
        command.addAll(List.of("-alias", ALIAS, "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1"));
        command.addAll(List.of("-validity", "30", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Commands.run(command);
    }

    private void export() throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            Files.writeString(
                    certificate, pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
            Files.writeString(
                    key,
                    pem(
                            "PRIVATE KEY",
                            keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot export " + store, e);
        }
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
