package dev.headwater.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    /// Natives as the libraries name them: RocksDB, Snappy, zstd, LZ4, JNA, ND4J.
    private static final List<String> NATIVES = List.of(
            "librocksdbjni-linux64.so",
            "librocksdbjni-linux64-musl.so",
            "librocksdbjni-linux32.so",
            "librocksdbjni-linux-aarch64.so",
            "librocksdbjni-linux-aarch64-musl.so",
            "librocksdbjni-osx-arm64.jnilib",
            "librocksdbjni-osx-x86_64.jnilib",
            "librocksdbjni-win64.dll",
            "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so",
            "org/xerial/snappy/native/Linux/x86/libsnappyjava.so",
            "org/xerial/snappy/native/Linux/aarch64/libsnappyjava.so",
            "org/xerial/snappy/native/Linux/android-aarch64/libsnappyjava.so",
            "org/xerial/snappy/native/Mac/aarch64/libsnappyjava.dylib",
            "org/xerial/snappy/native/Mac/x86_64/libsnappyjava.dylib",
            "org/xerial/snappy/native/Windows/x86_64/snappyjava.dll",
            "org/xerial/snappy/native/AIX/ppc64/libsnappyjava.a",
            "linux/amd64/libzstd-jni-1.5.6-10.so",
            "freebsd/amd64/libzstd-jni-1.5.6-10.so",
            "darwin/x86_64/libzstd-jni-1.5.6-10.dylib",
            "win/amd64/libzstd-jni-1.5.6-10.dll",
            "net/jpountz/util/windows/amd64/liblz4-java.dll",
            "com/sun/jna/linux-x86-64/libjnidispatch.so",
            "com/sun/jna/darwin-aarch64/libjnidispatch.jnilib",
            "com/sun/jna/win32-x86-64/jnidispatch.dll",
            "org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64/libgomp.so.1");

    @ParameterizedTest
    @CsvSource({
        "linux-x86_64, 0 8 16 21 24",
        "linux-arm64, 3 10",
        "macosx-x86_64, 6 13 18",
        "macosx-arm64, 5 12 22",
        "windows-x86_64, 7 14 19 20 23"
    })
    void needsItsOwnNativesAlone(String name, String indices) {
        // Given
        Platform platform = Platform.named(name);
        List<String> expected = List.of(indices.split(" ")).stream()
                .map(index -> NATIVES.get(Integer.parseInt(index)))
                .toList();

        // When / Then
        assertThat(NATIVES.stream().filter(platform::needs)).containsExactlyElementsOf(expected);
    }

    @Test
    void needsAllThatIsNotNative() {
        assertThat(List.of("META-INF/MANIFEST.MF", "a/B.class", "darwin/", "LICENSE", "x.so.txt"))
                .allMatch(Platform.LINUX_X86_64::needs);
    }

    @Test
    void refusesUnknownPlatforms() {
        assertThatThrownBy(() -> Platform.named("plan9-x86_64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("plan9-x86_64", "linux-x86_64, linux-arm64");
    }
}
