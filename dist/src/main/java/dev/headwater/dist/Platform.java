package dev.headwater.dist;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An operating system and processor that an archive is for, and the natives for it among those that jars contain. The
/// libraries call the same system by different names, as folders or at the end of the file's name.
enum Platform {
    LINUX_X86_64("linux-x86_64", "linux", "x86[-_]64|amd64", "linux64\\.so"),
    LINUX_ARM64("linux-arm64", "linux", "aarch64|arm64", "linux-aarch64\\.so"),
    MACOSX_X86_64("macosx-x86_64", "mac|macosx|darwin", "x86[-_]64", "osx-x86_64\\.jnilib"),
    MACOSX_ARM64("macosx-arm64", "mac|macosx|darwin", "aarch64|arm64", "osx-arm64\\.jnilib"),
    WINDOWS_X86_64("windows-x86_64", "win|win32|windows", "x86[-_]64|amd64", "win64\\.dll");

    private static final Pattern NATIVE =
            Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)(\\.\\d+)*", Pattern.CASE_INSENSITIVE);

    private final String classifier;
    private final Pattern ours;

    /// @param systems, processors alternatives of a regular expression: names of folders
    /// @param file    regular expression for the end of a file's name that says both
    Platform(String classifier, String systems, String processors, String file) {
        this.classifier = classifier;
        this.ours = Pattern.compile(
                "(.*/)?(" + systems + ")[-/](" + processors + ")/.*|.*-" + file, Pattern.CASE_INSENSITIVE);
    }

    /// @throws IllegalArgumentException when there are no natives for it
    static Platform named(String classifier) {
        return Arrays.stream(values())
                .filter(platform -> platform.classifier.equals(classifier))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "platform: must be one of " + known() + ", not '" + classifier + "'"));
    }

    private static String known() {
        return Arrays.stream(values()).map(platform -> platform.classifier).collect(Collectors.joining(", "));
    }

    /// False for the natives of other platforms.
    /// @param entry path inside a jar
    boolean needs(String entry) {
        return !NATIVE.matcher(entry).matches() || ours.matcher(entry).matches();
    }
}
