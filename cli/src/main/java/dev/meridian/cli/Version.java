package dev.meridian.cli;

import picocli.CommandLine;

/** The version of this build. */
final class Version implements CommandLine.IVersionProvider {

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"meridian " + text()};
    }
}
