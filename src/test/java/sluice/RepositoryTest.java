package sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Habits of the repository that no compiler checks: pinned actions, watched dependencies, links that lead somewhere. */
class RepositoryTest {

    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Pattern USES = Pattern.compile("uses:\\s+([^\\s@]+)@(.*)");
    /** Our own actions, in an example: no commit names itself, so a word stands for it. */
    private static final String OWN = "COMMIT # v";

    private static final Pattern PINNED = Pattern.compile("[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern LINK = Pattern.compile("]\\((?![a-z]+:|#)([^)#\\s]+)[^)]*\\)");
    private static final Pattern REVISION = Pattern.compile("<revision>([^<-]+)(?:-SNAPSHOT)?</revision>");
    private static final Pattern ANCHORED = Pattern.compile("]\\((?![a-z]+:)([^)#\\s]*\\.md|)#([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+?)\\s*$");
    private static final Pattern LINK_TEXT = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    @Test
    void actionsArePinnedByCommitWithTheirVersionBeside() throws IOException {
        // Given
        List<String> pins = uses().map(use ->
                        use.group(1).startsWith("OWNER/sluice/") && use.group(2).startsWith(OWN)
                                ? use.group(2).replace("COMMIT", "0".repeat(40))
                                : use.group(2))
                .toList();

        // Then
        assertThat(pins).isNotEmpty().allMatch(PINNED.asMatchPredicate());
    }

    @Test
    void workflowsAndExamplesUseTheSameVersionOfAnAction() throws IOException {
        // When
        Map<String, Set<String>> pinsByAction = uses().collect(Collectors.groupingBy(
                use -> use.group(1), Collectors.mapping(use -> use.group(2), Collectors.toSet())));

        // Then
        assertThat(pinsByAction)
                .allSatisfy((action, pins) -> assertThat(pins).as(action).hasSize(1));
    }

    @Test
    void dependabotWatchesEveryPom() throws IOException {
        // Given
        Set<Path> watched = new TreeSet<>();
        for (String directory : mavenDirectoriesOfDependabot()) {
            Path folder = ROOT.resolve(directory.substring(1));
            watched.add(folder);
            matches(MODULE, folder.resolve("pom.xml")).forEach(module -> watched.add(folder.resolve(module.group(1))));
        }

        // Then
        assertThat(files("pom.xml")).map(Path::getParent).isNotEmpty().isSubsetOf(watched);
    }

    @Test
    void relativeLinksLeadToFiles() throws IOException {
        // When
        Set<String> broken = new TreeSet<>();
        for (Path page : files(".md")) {
            matches(LINK, page)
                    .map(link -> link.group(1))
                    .filter(target -> !Files.exists(page.resolveSibling(target)))
                    .forEach(target -> broken.add(ROOT.relativize(page) + " -> " + target));
        }

        // Then
        assertThat(broken).isEmpty();
    }

    /** GitHub's and the docs site's rule: {@code infra/site} makes the same anchors. */
    @Test
    void anchorsOfLinksAreHeadings() throws IOException {
        // Given
        Map<Path, Set<String>> anchors = new HashMap<>();

        // When
        Set<String> broken = new TreeSet<>();
        int links = 0;
        for (Path page : files(".md")) {
            for (MatchResult link : matches(ANCHORED, page).toList()) {
                Path target = link.group(1).isEmpty()
                        ? page
                        : page.resolveSibling(link.group(1)).normalize();
                if (!anchors.containsKey(target)) {
                    anchors.put(target, anchors(target));
                }
                links++;
                if (!anchors.get(target).contains(link.group(2))) {
                    broken.add(ROOT.relativize(page) + " -> " + link.group(1) + "#" + link.group(2));
                }
            }
        }

        // Then
        assertThat(broken).isEmpty();
        assertThat(links).isPositive();
    }

    @Test
    void theChangelogNamesTheVersionOfTheBuild() throws IOException {
        // Given
        String version = matches(REVISION, ROOT.resolve("pom.xml"))
                .findFirst()
                .orElseThrow()
                .group(1);

        // Then
        assertThat(Files.readString(ROOT.resolve("CHANGELOG.md")))
                .containsAnyOf("This is " + version + " before its release.", "## [" + version + "]");
        assertThat(matches(REVISION, ROOT.resolve("infra/cli/pom.xml"))
                        .findFirst()
                        .orElseThrow()
                        .group(1))
                .isEqualTo(version);
    }

    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        matches(HEADING, page).map(heading -> heading.group(1)).forEach(heading -> {
            String anchor = LINK_TEXT
                    .matcher(heading.toLowerCase(Locale.ROOT))
                    .replaceAll("$1")
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            for (int count = 1; !anchors.add(count == 1 ? anchor : anchor + "-" + (count - 1)); count++) {}
        });
        return anchors;
    }

    private static Stream<MatchResult> uses() throws IOException {
        Stream<MatchResult> all = Stream.empty();
        for (Path workflow : files(".yml")) {
            all = Stream.concat(all, matches(USES, workflow));
        }
        return all;
    }

    private static List<String> mavenDirectoriesOfDependabot() throws IOException {
        try (Reader file = Files.newBufferedReader(ROOT.resolve(".github/dependabot.yml"))) {
            Map<String, List<Map<String, Object>>> configuration = new Yaml().load(file);
            return configuration.get("updates").stream()
                    .filter(update -> update.get("package-ecosystem").equals("maven"))
                    .flatMap(update -> ((List<?>) update.get("directories")).stream())
                    .map(String.class::cast)
                    .toList();
        }
    }

    /** Files of the repository by the end of their names; without what a build makes. */
    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT,
                12,
                (file, attributes) ->
                        attributes.isRegularFile() && file.toString().endsWith(ending))) {
            return files.filter(file -> Stream.of("target", ".git", ".terraform", "node_modules")
                            .noneMatch(folder -> ROOT.relativize(file).startsWith(folder)
                                    || file.toString().contains("/" + folder + "/")))
                    .toList();
        }
    }

    private static Stream<MatchResult> matches(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file)).results();
    }
}
