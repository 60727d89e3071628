package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Links from one page of the project to another lead somewhere, to the heading too.
class MarkdownLinksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// What is built, recorded or kept beside the project.
    private static final Set<String> ELSEWHERE =
            Set.of("target", ".git", "shared", "models", "data", "lab-results", "lab-report");

    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern LINK = Pattern.compile("\\[(?:[^\\]\\[]|\\[[^\\]]*])*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*)$");

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) {
                return ELSEWHERE.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                if (file.toString().endsWith(".md")) {
                    pages.add(ROOT.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return pages;
    }

    private static String text(Path file) throws IOException {
        return FENCED.matcher(Files.readString(file)).replaceAll("");
    }

    /// The targets of a page's links to files, `FILE#ANCHOR`, as written.
    private static List<String> targets(String text) {
        return LINK.matcher(text.replaceAll("`[^`\n]*`", ""))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .toList();
    }

    /// The anchors that a page's headings get: letters, digits, `_` and `-`, in lower case, a number for doubles.
    private static Set<String> anchors(String text) {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(heading -> heading.replaceFirst("^#+ +", "").replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1"))
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .map(anchor ->
                        seen.merge(anchor, 1, Integer::sum) == 1 ? anchor : anchor + "-" + (seen.get(anchor) - 1))
                .collect(Collectors.toSet());
    }

    private static boolean leadsSomewhere(Path page, String target) throws IOException {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(file)
                && (parts.length == 1
                        || file.toString().endsWith(".md")
                                && anchors(text(file)).contains(parts[1]));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path name) throws IOException {
        // Given
        Path page = ROOT.resolve(name);
        List<String> broken = new ArrayList<>();

        // When
        for (String target : targets(text(page))) {
            if (!leadsSomewhere(page, target)) {
                broken.add(target);
            }
        }

        // Then
        assertThat(broken).as("broken links of %s", name).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "README.md, docs/README.md, true",
        "README.md, docs/, true",
        "README.md, docs/nothing.md, false",
        "docs/README.md, ../LICENSE, true",
        "docs/README.md, LICENSE, false",
        "README.md, #limits, true",
        "README.md, #limit, false",
        "README.md, docs/compatibility.md#in-which-order-to-roll-out, true",
        "README.md, docs/compatibility.md#in-which-order, false"
    })
    void aBrokenLinkIsFound(String page, String target, boolean good) throws IOException {
        assertThat(leadsSomewhere(ROOT.resolve(page), target)).isEqualTo(good);
    }

    @Test
    void linksOfExamplesAndOtherSitesAreLeftOut() {
        // When
        List<String> targets = targets("[a](b.md#c) `[d](e.md)` [f](https://example.org/g.md) [![h](i.png)](j.md)");

        // Then
        assertThat(targets).containsExactly("b.md#c", "j.md");
    }
}
