package dev.headwater.cli;

/// The revision of the code that runs, for the provenance of models; the launcher passes it on.
public final class Revision {

    private static final String PROPERTY = "headwater.revision";

    private Revision() {}

    public static String current() {
        return System.getProperty(PROPERTY, "unknown revision");
    }
}
