package sluice.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of {@code terraform/}, read as text: enough for what `terraform fmt` has laid out. */
final class TerraformModule {

    private static final Pattern BLOCK =
            Pattern.compile("^(variable|output) \"(\\w+)\" \\{\\n(.*?)^}", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern DESCRIPTION =
            Pattern.compile("^  description = \"((?:[^\"\\\\]|\\\\.)*)\"$", Pattern.MULTILINE);
    private static final Pattern DEFAULT = Pattern.compile("^  default\\s+= (.*)$", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("^  type\\s+= (\\w+)(?:\\((\\w+))?", Pattern.MULTILINE);

    private final Path root;

    private TerraformModule(Path root) {
        this.root = root;
    }

    /** Of this project: tests run in its folder. */
    static TerraformModule ofThisProject() {
        return new TerraformModule(Path.of("terraform"));
    }

    String read(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot read " + file, exception);
        }
    }

    void write(String file, String text) {
        try {
            Files.writeString(root.resolve(file), text);
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot write " + file, exception);
        }
    }

    /** All of the root module's code. */
    String code() {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".tf"))
                    .sorted()
                    .map(this::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot list " + root, exception);
        }
    }

    /** Names of the folders below {@code examples/}. */
    static List<String> examples() {
        try (Stream<Path> folders = Files.list(Path.of("terraform", "examples"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot list the examples", exception);
        }
    }

    List<Declaration> variables() {
        return declarations("variables.tf", "variables-settings.tf");
    }

    List<Declaration> outputs() {
        return declarations("outputs.tf");
    }

    private List<Declaration> declarations(String... files) {
        return Stream.of(files)
                .map(this::read)
                .flatMap(text -> BLOCK.matcher(text).results())
                .map(block -> new Declaration(
                        block.group(2),
                        first(DESCRIPTION, block.group(3)).replace("\\\"", "\"").replace("$${", "${"),
                        type(block.group(3)),
                        first(DEFAULT, block.group(3))))
                .toList();
    }

    private static String type(String body) {
        Matcher type = TYPE.matcher(body);
        if (!type.find()) {
            return "";
        }
        return type.group(2) == null ? type.group(1) : type.group(1) + "(" + type.group(2) + ")";
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    /**
     * A variable or an output.
     *
     * @param type         of a variable, without what stands inside of an object
     * @param defaultValue of a variable, as it is written; empty where it has to be given
     */
    record Declaration(String name, String description, String type, String defaultValue) {}
}
