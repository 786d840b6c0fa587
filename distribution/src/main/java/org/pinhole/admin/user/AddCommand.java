package org.pinhole.admin.user;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pinhole.admin.file.AdminException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pinhole user add NAME}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Adds a user, or gives one another password. The password is asked for twice.")
final class AddCommand implements Callable<Integer> {
    @Mixin
    private UserPlace place = new UserPlace();

    @Mixin
    private PasswordSource password = new PasswordSource();

    @Option(names = "--realm", paramLabel = "REALM", description = "Default: the container's pinhole.digest.realm.")
    private @Nullable String realm;

    @Option(names = "--replace", description = "The user exists and gets another password.")
    private boolean replace;

    @Option(
            names = "--algorithms",
            split = ",",
            paramLabel = "ALGORITHM",
            description =
                    "The only ones that this user may use: MD5, SHA-256, SHA-512-256, separated by commas. Default:"
                            + " MD5,SHA-256, or what the user had.")
    private List<String> algorithms = new ArrayList<>();

    @Parameters(paramLabel = "NAME", description = "The user part, as in sip:NAME@…")
    private String name = "";

    @Override
    @SuppressWarnings("SystemOut") // a command answers on standard output
    public Integer call() throws IOException {
        UserFile file = place.file();
        String theRealm = place.realm(realm);
        String user = UserName.withoutRealm(UserName.check("user", name), theRealm);
        Set<Ha1.Algorithm> chosen = chosen();
        UserList users = file.read();
        List<UserLine> present = users.of(user, theRealm);
        boolean exists = !present.isEmpty();
        if (exists && !replace) {
            throw new AdminException(user + " exists in realm " + theRealm + "; say --replace for another password");
        }
        file.write(users.with(
                user, theRealm, lines(user, theRealm, chosen.isEmpty() ? usual(present) : chosen, password.readNew())));
        System.out.println(file.path() + ": " + user + " in realm " + theRealm + (exists ? " changed" : " added"));
        return 0;
    }

    /** What the command line names. A phone cannot be talked into another one, because there is no hash for it. */
    private Set<Ha1.Algorithm> chosen() {
        Set<Ha1.Algorithm> chosen = EnumSet.noneOf(Ha1.Algorithm.class);
        for (String token : algorithms) {
            Ha1.Algorithm algorithm = Ha1.Algorithm.find(token.trim());
            if (algorithm == null) {
                throw new AdminException(
                        "--algorithms " + token + ": MD5, SHA-256 or SHA-512-256 expected, separated by commas");
            }
            chosen.add(algorithm);
        }
        return chosen;
    }

    /**
     * What every user gets, and what this one had besides: no algorithm is left with the old password. Who had no MD5 was
     * spared it on purpose.
     */
    private static Set<Ha1.Algorithm> usual(List<UserLine> present) {
        Set<Ha1.Algorithm> had = EnumSet.noneOf(Ha1.Algorithm.class);
        for (UserLine line : present) {
            had.add(line.ha1().algorithm());
        }
        if (had.isEmpty() || had.contains(Ha1.Algorithm.MD5)) {
            had.add(Ha1.Algorithm.MD5);
            had.add(Ha1.Algorithm.SHA_256);
        }
        return had;
    }

    private static List<UserLine> lines(String user, String realm, Set<Ha1.Algorithm> algorithms, String password) {
        List<UserLine> lines = new ArrayList<>();
        for (Ha1.Algorithm algorithm : algorithms) {
            lines.add(UserLine.of(user, realm, Ha1.of(algorithm, user, realm, password)));
        }
        return lines;
    }
}
