package org.pinhole.admin.user;

import picocli.CommandLine.Command;

/** {@code pinhole user …}. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = "The SIP users of a container. A running container sees changes at the next look-up.",
        subcommands = {AddCommand.class, RemoveCommand.class, ListCommand.class, VerifyCommand.class})
public final class UserCommand {}
