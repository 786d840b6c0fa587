package org.pinhole.ue.cli;

import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest has it. */
final class UeVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = UeVersion.class.getPackage().getImplementationVersion();
        return new String[] {"pinhole ue " + (version == null ? "(not from a jar)" : version)};
    }
}
