package org.pinhole.admin.user;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pinhole user list}: names, realms and algorithms, never a hash. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists users, their realms and algorithms.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    private UserPlace place = new UserPlace();

    @Override
    @SuppressWarnings("SystemOut") // a command answers on standard output
    public Integer call() throws IOException {
        Map<String, String> algorithmsByUser = new LinkedHashMap<>();
        for (UserLine line : place.file().require().users()) {
            algorithmsByUser.merge(
                    line.user() + "\t" + line.realm(), line.ha1().algorithm().token(), (one, two) -> one + "," + two);
        }
        algorithmsByUser.forEach((user, algorithms) -> System.out.println(user + "\t" + algorithms));
        return 0;
    }
}
