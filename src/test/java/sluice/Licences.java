package sluice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The licences that jars of the local Maven repository have, as their POMs, or the parents of these, name them. */
final class Licences {

    /** Approved by the Open Source Initiative, however POMs spell them. A public domain dedication counts. */
    private static final List<Pattern> OPEN = Stream.of(
                    "apache",
                    "\\basl\\b",
                    "\\bmit\\b",
                    "mit-0",
                    "\\bbsd\\b",
                    "bsd-[0-9]",
                    "eclipse",
                    "\\bepl\\b",
                    "\\bedl\\b",
                    "mozilla",
                    "\\bmpl\\b",
                    "\\bcddl\\b",
                    "common development and distribution",
                    "\\bl?gpl\\b",
                    "gnu (lesser|library)? ?general public",
                    "\\bcc0\\b",
                    "public domain",
                    "unicode",
                    "\\bisc\\b",
                    "go license",
                    "\\bupl\\b",
                    "indiana university",
                    "bouncy castle")
            .map(Pattern::compile)
            .toList();

    private final Map<Path, List<String>> byPom = new TreeMap<>();

    /** Returns the jars without an open licence, each with the licences that it names. */
    List<String> notOpen(Stream<Path> jars) {
        return jars.filter(jar -> jar.toString().endsWith(".jar") && Files.exists(pom(jar)))
                .distinct()
                .flatMap(jar -> {
                    List<String> names = of(pom(jar));
                    boolean isOpen = names.stream().anyMatch(Licences::isOpen);
                    return isOpen ? Stream.empty() : Stream.of(artifact(jar) + " " + names);
                })
                .sorted()
                .toList();
    }

    /**
     * Returns where the repository has jars of these names, for copies of them.
     *
     * @param repository the local Maven repository
     */
    static Stream<Path> originals(Path repository, Set<String> names) {
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(file -> names.contains(file.getFileName().toString())).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static boolean isOpen(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OPEN.stream().anyMatch(licence -> licence.matcher(lower).find());
    }

    private static String artifact(Path jar) {
        return jar.getParent().getParent().getFileName().toString();
    }

    /** The POM lies beside its jar; a classifier is not part of its name. */
    private static Path pom(Path jar) {
        Path version = jar.toAbsolutePath().getParent();
        Path artifact = version.getParent();
        return version.resolve(artifact.getFileName() + "-" + version.getFileName() + ".pom");
    }

    private List<String> of(Path pom) {
        List<String> known = byPom.get(pom);
        if (known == null) {
            known = read(pom);
            byPom.put(pom, known);
        }
        return known;
    }

    private List<String> read(Path pom) {
        Element project = xml(pom);
        List<String> names = new ArrayList<>();
        child(project, "licenses").ifPresent(licences -> children(licences)
                .forEach(licence -> names.add(text(licence, "name").orElse("") + " "
                        + text(licence, "url").orElse(""))));
        Optional<Element> parent = child(project, "parent");
        if (!names.isEmpty() || parent.isEmpty()) {
            return names;
        }
        Path repository = repository(
                pom,
                text(project, "groupId").or(() -> text(parent.get(), "groupId")).orElseThrow());
        String group = text(parent.get(), "groupId").orElseThrow();
        String artifact = text(parent.get(), "artifactId").orElseThrow();
        String version = text(parent.get(), "version").orElseThrow();
        Path above = repository
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
        return Files.exists(above) ? of(above) : names;
    }

    /** A repository has {@code <group as folders>/<artifact>/<version>/<pom>}. */
    private static Path repository(Path pom, String group) {
        Path folder = pom.getParent().getParent().getParent();
        for (int part = group.split("\\.").length; part > 0; part--) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static Element xml(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            return factory.newDocumentBuilder().parse(in).getDocumentElement();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (SAXException | ParserConfigurationException malformed) {
            throw new IllegalStateException(file.toString(), malformed);
        }
    }

    private static Optional<Element> child(Element of, String name) {
        return children(of).filter(child -> child.getNodeName().equals(name)).findFirst();
    }

    private static Optional<String> text(Element of, String name) {
        return child(of, name).map(child -> child.getTextContent().strip());
    }

    private static Stream<Element> children(Element of) {
        List<Element> children = new ArrayList<>();
        for (@Nullable Node child = of.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children.stream();
    }
}
