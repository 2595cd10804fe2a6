package sluice.entry.cli.ui;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the modules of the page into one script, because a browser takes a dozen small files from one server much more
 * slowly than one. Each module stays a scope of its own, in the text of its file.
 */
final class PageBundle {

    private static final Pattern IMPORT = Pattern.compile("(?m)^import \\{(.*)} from '\\./(\\w+)\\.js';$");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export (?=(?:async )?(?:function|class|const) (\\w+))");

    private final UnaryOperator<String> sources;
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> done = new LinkedHashSet<>();
    private final StringBuilder text = new StringBuilder("'use strict';\nconst modules = {};\n");

    private PageBundle(UnaryOperator<String> sources) {
        this.sources = sources;
    }

    /**
     * Returns one script that runs a module and all that it imports, each once and after its own imports.
     *
     * @param sources gives the text of a module by its name, such as {@code app}
     * @throws IllegalStateException if modules import each other in a circle
     */
    static String of(String main, UnaryOperator<String> sources) {
        PageBundle bundle = new PageBundle(sources);
        bundle.add(main);
        return bundle.text.toString();
    }

    private void add(String name) {
        if (done.contains(name)) {
            return;
        }
        if (!open.add(name)) {
            throw new IllegalStateException("The modules of the page import each other in a circle: " + open);
        }
        String source = sources.apply(name);
        IMPORT.matcher(source).results().map(found -> found.group(2)).forEach(this::add);
        text.append("modules.").append(name).append(" = (() => {\n");
        text.append(EXPORT.matcher(IMPORT.matcher(source).replaceAll(PageBundle::taken))
                .replaceAll(""));
        text.append("return {").append(String.join(", ", exports(source))).append("};\n})();\n");
        done.add(name);
    }

    private static String taken(MatchResult found) {
        String names = found.group(1).replace(" as ", ": ");
        return Matcher.quoteReplacement("const {" + names + "} = modules." + found.group(2) + ";");
    }

    private static List<String> exports(String source) {
        List<String> names = new ArrayList<>();
        EXPORT.matcher(source).results().map(found -> found.group(1)).forEach(names::add);
        return names;
    }
}
