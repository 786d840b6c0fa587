package org.pinhole.admin.user;

import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pinhole.admin.file.AdminException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pinhole user remove NAME}. */
@Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes a user.")
final class RemoveCommand implements Callable<Integer> {
    @Mixin
    private UserPlace place = new UserPlace();

    @Option(names = "--realm", paramLabel = "REALM", description = "Default: every realm that the user is in.")
    private @Nullable String realm;

    @Parameters(paramLabel = "NAME", description = "The user.")
    private String name = "";

    @Override
    @SuppressWarnings("SystemOut") // a command answers on standard output
    public Integer call() throws IOException {
        UserFile file = place.file();
        UserList users = file.require();
        Set<String> realms = new TreeSet<>();
        for (UserLine line : users.users()) {
            if (line.user().equals(name) && (realm == null || line.realm().equals(realm))) {
                realms.add(line.realm());
            }
        }
        if (realms.isEmpty()) {
            throw new AdminException(file.path() + ": no user " + name + (realm == null ? "" : " in realm " + realm));
        }
        for (String there : realms) {
            users = users.with(name, there, Collections.emptyList());
        }
        file.write(users);
        System.out.println(file.path() + ": " + name + " removed from " + String.join(", ", realms));
        return 0;
    }
}
