package org.pinhole.connector.tls;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;

/**
 * Certificates where an operator keeps them: files, as many keys as certificates, or one folder. In a folder belong
 * together {@code NAME.pem} or {@code NAME.crt} and {@code NAME.key}, {@code fullchain.pem} and {@code privkey.pem}; each of
 * its subfolders may hold such pairs too, so that certbot's {@code live} and mounted secrets are read as they are.
 */
public final class CertificatePlaces implements CertificateSource {
    private final List<File> certificates;
    private final List<File> keys;

    private CertificatePlaces(List<File> certificates, List<File> keys) {
        this.certificates = certificates;
        this.keys = keys;
    }

    /**
     * Files as named by an operator; whether they are there is seen when they are read.
     *
     * @param keys empty, or the same, when the only certificate is a folder
     */
    public static CertificatePlaces of(List<File> certificates, List<File> keys) {
        return new CertificatePlaces(new ArrayList<>(certificates), new ArrayList<>(keys));
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    public List<IdentityFiles> files(Date now) throws TlsFault {
        File first = certificates.get(0);
        if (isSearched()) {
            if (!keys.isEmpty() && !keys.equals(certificates)) {
                throw new TlsFault(ServerIdentity.PRIVATE_KEY_FILE + " " + keys.get(0) + ": "
                        + ServerIdentity.CERTIFICATE_FILE + " is the folder " + first
                        + ", so the keys must be in it too; leave this one empty");
            }
            return inFolder(first);
        }
        if (certificates.size() != keys.size()) {
            throw new TlsFault(ServerIdentity.PRIVATE_KEY_FILE + ": " + keys.size() + " named, but "
                    + certificates.size() + " in " + ServerIdentity.CERTIFICATE_FILE
                    + "; name one key for each certificate, in the same order");
        }
        List<IdentityFiles> files = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            files.add(new IdentityFiles(certificates.get(i), keys.get(i)));
        }
        return files;
    }

    @Override
    public boolean isSearched() {
        return certificates.size() == 1 && certificates.get(0).isDirectory();
    }

    private static List<IdentityFiles> inFolder(File folder) throws TlsFault {
        List<IdentityFiles> files = new ArrayList<>();
        addPairs(folder, files);
        for (File sub : sorted(folder)) {
            if (sub.isDirectory() && !sub.getName().startsWith(".")) {
                addPairs(sub, files);
            }
        }
        if (files.isEmpty()) {
            throw new TlsFault(
                    ServerIdentity.CERTIFICATE_FILE + " " + folder + ": no certificate with its key in this"
                            + " folder; NAME.pem or NAME.crt beside NAME.key, or fullchain.pem beside privkey.pem, are expected");
        }
        return files;
    }

    private static void addPairs(File folder, List<IdentityFiles> files) {
        for (File file : sorted(folder)) {
            String name = file.getName();
            boolean certificate = name.endsWith(".pem") || name.endsWith(".crt");
            if (!certificate || !file.isFile()) {
                continue;
            }
            boolean certbots = "fullchain.pem".equals(name);
            File key = new File(folder, certbots ? "privkey.pem" : name.substring(0, name.length() - 4) + ".key");
            if (key.isFile()) {
                files.add(new IdentityFiles(file, key));
            }
        }
    }

    private static List<File> sorted(File folder) {
        File[] files = folder.listFiles();
        if (files == null) {
            return Collections.emptyList();
        }
        Arrays.sort(files);
        return Arrays.asList(files);
    }
}
