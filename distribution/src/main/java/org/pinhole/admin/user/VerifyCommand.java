package org.pinhole.admin.user;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pinhole.admin.file.AdminException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pinhole user verify NAME}: exit code 0 if the password is right. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks a user's password; exit code 0 if it is right, 1 if not.")
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private UserPlace place = new UserPlace();

    @Mixin
    private PasswordSource password = new PasswordSource();

    @Option(names = "--realm", paramLabel = "REALM", description = "Default: the container's pinhole.digest.realm.")
    private @Nullable String realm;

    @Parameters(paramLabel = "NAME", description = "The user.")
    private String name = "";

    @Override
    @SuppressWarnings("SystemOut") // a command answers on standard output
    public Integer call() throws IOException {
        UserFile file = place.file();
        String theRealm = place.realm(realm);
        List<UserLine> lines = file.require().of(name, theRealm);
        if (lines.isEmpty()) {
            throw new AdminException(file.path() + ": no user " + name + " in realm " + theRealm);
        }
        String given = password.read();
        for (UserLine line : lines) {
            if (!line.ha1().matches(Ha1.of(line.ha1().algorithm(), name, theRealm, given))) {
                throw new AdminException(name + " in realm " + theRealm + ": wrong password");
            }
        }
        System.out.println(name + " in realm " + theRealm + ": right");
        return 0;
    }
}
