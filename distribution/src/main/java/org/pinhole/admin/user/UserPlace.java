package org.pinhole.admin.user;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.pinhole.admin.file.AdminException;
import picocli.CommandLine.Option;

/** Options common to all user commands: which file, and which realm a container's own settings imply. */
final class UserPlace {
    private static final String DEFAULT_CREDENTIALS = "file:conf/pinhole.users";

    @Option(names = "--file", paramLabel = "FILE", description = "The file of users.")
    private @Nullable Path file;

    @Option(
            names = "--container",
            paramLabel = "DIR",
            description =
                    "The container; its conf/pinhole.properties says which file and realm (default conf/pinhole.users).")
    private @Nullable Path container;

    UserFile file() throws IOException {
        if (file != null) {
            if (Files.isDirectory(file)) {
                throw new AdminException(file + ": is a folder; --file wants the file of users, such as "
                        + file.resolve("pinhole.users"));
            }
            return new UserFile(file);
        }
        if (container == null) {
            throw new AdminException("which users? say --container DIR or --file FILE");
        }
        if (!Files.isDirectory(container.resolve("conf"))) {
            throw new AdminException(container + ": no conf folder here; --container wants the container's folder");
        }
        String credentials = settings(container).getProperty("pinhole.credentials", DEFAULT_CREDENTIALS);
        for (String location : credentials.split(",(?=\\s*[a-z][a-z0-9+.-]*:)", -1)) {
            if (location.trim().startsWith("file:")) { // the first is the one that is looked into first
                return new UserFile(container.resolve(location.trim().substring("file:".length())));
            }
        }
        throw new AdminException(container + ": its users are in " + credentials.replaceAll(":.*", "")
                + ", not in a file (pinhole.credentials); change them there");
    }

    /** The realm as said, else the container's; none is an error, because a hash is bound to its realm. */
    String realm(@Nullable String said) throws IOException {
        String realm = said != null ? said : realmOfContainer();
        if (realm == null || realm.isEmpty()) {
            throw new AdminException(
                    "which realm? say --realm, or set pinhole.digest.realm in conf/pinhole.properties");
        }
        if (said == null && realm.indexOf(',') >= 0) {
            throw new AdminException("which realm? say --realm; there are " + realm + " (pinhole.digest.realm)");
        }
        return UserName.check("realm", realm);
    }

    private @Nullable String realmOfContainer() throws IOException {
        return container == null ? null : settings(container).getProperty("pinhole.digest.realm");
    }

    private static Properties settings(Path container) throws IOException {
        Properties properties = new Properties();
        Path settings = container.resolve("conf/pinhole.properties");
        if (Files.exists(settings)) {
            try (InputStream in = Files.newInputStream(settings)) {
                properties.load(in);
            }
        }
        properties.replaceAll((name, value) -> value.toString().trim());
        return properties;
    }
}
