package sluice.oracle;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Walks from a class to everything that its JSON can hold and keeps one schema per class. References between them are
 * written as {@code #Name}; {@link SchemaFiles} turns them into references between files.
 */
final class Definitions {
    private static final String CHOICE = ".Choice";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectMapper druid;
    private final Overlay overlay;
    private final Neighbour neighbour;
    private final Beans beans;
    private final Map<String, ObjectNode> byName = new LinkedHashMap<>();
    private final Map<String, Set<String>> typeNames = new LinkedHashMap<>();
    private final Map<String, String> typeProperties = new LinkedHashMap<>();
    private final Map<String, JavaType> javaTypes = new LinkedHashMap<>();
    private final Set<String> defaults = new LinkedHashSet<>();
    private final Map<String, String> referredFrom = new LinkedHashMap<>();
    private final Deque<Map.Entry<String, JavaType>> waiting = new ArrayDeque<>();

    Definitions(ObjectMapper druid, Overlay overlay, Neighbour neighbour) {
        this.druid = druid;
        this.overlay = overlay;
        this.neighbour = neighbour;
        this.beans = new Beans(druid);
    }

    void add(Class<?>... roots) {
        for (Class<?> root : roots) {
            refer(druid.constructType(root), null);
        }
        while (!waiting.isEmpty()) {
            Map.Entry<String, JavaType> next = waiting.remove();
            define(next.getKey(), next.getValue());
        }
        addDocumented();
    }

    Map<String, ObjectNode> byName() {
        return Collections.unmodifiableMap(byName);
    }

    /** The definition that referred to this one first, or null for a root. */
    String referredFrom(String name) {
        return referredFrom.get(name);
    }

    /** {@code Outer.Inner} for a nested class: the simple name alone is often just {@code Spec}. */
    static String nameOf(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return outer == null ? type.getSimpleName() : outer.getSimpleName() + "." + type.getSimpleName();
    }

    /** A place that can hold the class or any of its subtypes. */
    private String refer(JavaType type, String from) {
        boolean others = !type.isAbstract()
                && beans.subtypes(type).values().stream().anyMatch(subtype -> !subtype.hasRawClass(type.getRawClass()));
        String name = nameOf(type.getRawClass()) + (others ? CHOICE : "");
        return enqueue(name, type, from);
    }

    /** A class that has been chosen by its type name: this one and no other. */
    private String referChosen(JavaType type, String from) {
        return enqueue(nameOf(type.getRawClass()), type, from);
    }

    private String enqueue(String name, JavaType type, String from) {
        if (!referredFrom.containsKey(name)) {
            referredFrom.put(name, from);
            waiting.add(Map.entry(name, type));
        }
        return name;
    }

    private void define(String name, JavaType type) {
        if (!name.endsWith(CHOICE)) {
            javaTypes.put(name, type);
        }
        ObjectNode schema;
        Map<String, JavaType> subtypes = beans.subtypes(type);
        if (!type.isAbstract() && !name.endsWith(CHOICE)) {
            subtypes.values().removeIf(subtype -> !subtype.hasRawClass(type.getRawClass()));
        }
        overlay.object("unsupported").path(name).forEach(hidden -> subtypes.remove(hidden.asText()));
        boolean onlyItself = subtypes.values().stream().allMatch(subtype -> subtype.hasRawClass(type.getRawClass()));
        if (overlay.has("opaque", name)) {
            schema = JSON.objectNode();
        } else if (!documentedSubtypes(name).isEmpty()) {
            schema = choice(name, type, subtypes);
        } else if (subtypes.isEmpty()) {
            schema = bean(name, type, Set.of());
        } else if (onlyItself) {
            schema = bean(name, type, subtypes.keySet());
            if (beans.hasDefault(type)) {
                defaults.add(name);
            } else {
                required(schema, beans.typeProperty(type));
            }
        } else {
            schema = choice(name, type, subtypes);
        }
        String extension = beans.extension(type.getRawClass());
        if (extension != null) {
            schema.put("x-extension", extension);
        }
        byName.put(name, schema);
    }

    private ObjectNode choice(String name, JavaType type, Map<String, JavaType> subtypes) {
        String key = beans.typeProperty(type);
        ObjectNode schema = JSON.objectNode();
        ArrayNode kinds = schema.putArray("type").add("object");
        beans.scalarForms(type).forEach(kinds::add);
        kinds.add("null");
        Map<String, Set<String>> names = new LinkedHashMap<>();
        String defaultName = beans.defaultType(type).map(found -> nameOf(found)).orElse(null);
        Map<String, String> choices = new TreeMap<>();
        subtypes.forEach((typeName, subtype) -> {
            String target = referChosen(subtype, name);
            choices.put(typeName, target);
            names.computeIfAbsent(target, any -> new LinkedHashSet<>()).add(typeName);
        });
        Overlay.fields(documentedSubtypes(name))
                .forEach(entry -> choices.putIfAbsent(
                        entry.getKey(), documented(entry.getValue().asText(), name)));
        boolean ownDefault = defaultName != null && !choices.containsValue(defaultName);
        ArrayNode values = schema.putObject("properties").putObject(key).putArray("enum");
        choices.keySet().forEach(values::add);
        if (beans.hasDefault(type)) {
            values.addNull();
        } else {
            required(schema, key);
        }
        ArrayNode branches = schema.putArray("allOf");
        choices.forEach((typeName, target) -> {
            ObjectNode branch = branches.addObject();
            ObjectNode condition = branch.putObject("if").put("type", "object");
            boolean isDefault = target.equals(defaultName)
                    && typeName.equals(names.get(target).iterator().next());
            if (isDefault) {
                defaults.add(target);
                condition
                        .putObject("properties")
                        .putObject(key)
                        .putArray("enum")
                        .add(typeName)
                        .addNull();
            } else {
                condition.putObject("properties").putObject(key).put("const", typeName);
                condition.putArray("required").add(key);
            }
            branch.putObject("then").put("$ref", "#" + target);
        });
        if (ownDefault) {
            // A class without a type name of its own, which Druid takes only where there is no type.
            ObjectNode branch = branches.addObject();
            branch.putObject("if")
                    .put("type", "object")
                    .putObject("properties")
                    .putObject(key)
                    .put("type", "null");
            branch.putObject("then")
                    .put(
                            "$ref",
                            "#"
                                    + referChosen(
                                            druid.constructType(
                                                    beans.defaultType(type).orElseThrow()),
                                            name));
        }
        names.keySet().forEach(target -> typeProperties.put(target, key));
        names.forEach((target, aliases) ->
                typeNames.computeIfAbsent(target, any -> new LinkedHashSet<>()).addAll(aliases));
        return schema;
    }

    private ObjectNode documentedSubtypes(String base) {
        ObjectNode subtypes = neighbour.extensionTypes(base);
        subtypes.setAll(overlay.documentedSubtypes(base));
        return subtypes;
    }

    private String documented(String name, String from) {
        referredFrom.putIfAbsent(name, from);
        return name;
    }

    private ObjectNode bean(String name, JavaType type, Collection<String> ownTypeNames) {
        if (!ownTypeNames.isEmpty()) {
            typeNames.computeIfAbsent(name, any -> new LinkedHashSet<>()).addAll(ownTypeNames);
        }
        return beans.schema(type, property -> schemaOf(property, name));
    }

    private static void required(ObjectNode schema, String key) {
        ArrayNode required = schema.has("required") ? (ArrayNode) schema.get("required") : schema.putArray("required");
        required.add(key);
    }

    /** The schema at a place that holds the type: inline for scalars and containers, a reference for the rest. */
    private ObjectNode schemaOf(JavaType type, String from) {
        ObjectNode schema = JSON.objectNode();
        Class<?> raw = type.getRawClass();
        String common = overlay.object("commonTypes").path(raw.getName()).asText(null);
        if (common != null) {
            return schema.put("$ref", "#" + common);
        }
        if (type.isReferenceType()) {
            return schemaOf(type.getContentType(), from);
        }
        if (type.isMapLikeType()) {
            schema.putArray("type").add("object").add("null");
            schema.set("additionalProperties", valueSchema(type.getContentType(), from));
            return schema;
        }
        if (raw == byte[].class || raw == char[].class) {
            schema.putArray("type").add("string").add("null");
            return schema;
        }
        if (type.isContainerType()) {
            schema.putArray("type").add("array").add("null");
            schema.set("items", valueSchema(type.getContentType(), from));
            return schema;
        }
        if (raw == Object.class || com.fasterxml.jackson.databind.JsonNode.class.isAssignableFrom(raw)) {
            return schema;
        }
        return schema.put("$ref", "#" + refer(type, from));
    }

    /** Null inside of a container is no value that Druid could use: it is left out there. */
    private ObjectNode valueSchema(JavaType type, String from) {
        ObjectNode schema = schemaOf(type, from);
        if (schema.has("$ref")) {
            schema.put("x-not-null", true);
        } else if (schema.has("type")) {
            SchemaFiles.withoutNull(schema);
        }
        return schema;
    }

    /** Type names by definition: what its {@link #typeProperty} must say. */
    Map<String, Set<String>> typeNames() {
        return typeNames;
    }

    /** The property that says the type name: {@code type} nearly everywhere. */
    String typeProperty(String name) {
        return typeProperties.getOrDefault(name, "type");
    }

    /** Whether Druid takes this type where no type name is given. */
    boolean isDefault(String name) {
        return defaults.contains(name);
    }

    private void addDocumented() {
        Overlay.fields(overlay.object("documentedTypes"))
                .forEach(documented -> byName.putIfAbsent(
                        documented.getKey(), new DocumentedType(overlay).schema((ObjectNode) documented.getValue())));
        List.copyOf(byName.keySet()).forEach(this::addFromNeighbour);
        List.copyOf(byName.keySet())
                .forEach(base -> Overlay.fields(documentedSubtypes(base)).forEach(subtype -> {
                    if (byName.containsKey(subtype.getValue().asText())) {
                        typeNames
                                .computeIfAbsent(subtype.getValue().asText(), any -> new LinkedHashSet<>())
                                .add(subtype.getKey());
                    }
                }));
    }

    /** Whatever this definition refers to and Druid's jars of this version do not have. */
    private void addFromNeighbour(String name) {
        for (String reference : byName.get(name).findValuesAsText("$ref")) {
            String missing = reference.substring(1);
            if (!byName.containsKey(missing) && neighbour.has(missing) && !overlay.has("common", missing)) {
                referredFrom.putIfAbsent(missing, name);
                byName.put(missing, neighbour.definition(missing));
                addFromNeighbour(missing);
            }
        }
    }

    /** The class behind a definition, or null where it comes from documentation. */
    JavaType typeOf(String name) {
        return javaTypes.get(name);
    }

    Probe probe(Map<String, ObjectNode> complete) {
        return new Probe(druid, new Samples(complete));
    }

    /** The file that holds it in the neighbouring version, or null. */
    String neighbourFile(String name) {
        return neighbour.fileOf(name);
    }
}
