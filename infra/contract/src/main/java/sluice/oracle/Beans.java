package sluice.oracle;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.CreatorProperty;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.PropertyWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What Jackson, as Druid has set it up, would read into a class: asked of its deserialisers, not of annotations. */
final class Beans {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern EXTENSION = Pattern.compile("/(druid-[a-z0-9-]+?)-[0-9.]+\\.jar$");
    private static final Set<String> CORE = Set.of(
            "druid-processing",
            "druid-server",
            "druid-services",
            "druid-indexing-service",
            "druid-indexing-hadoop",
            "druid-sql");

    private final ObjectMapper druid;
    private final DeserializationConfig configuration;
    private final DeserializationContext context;

    Beans(ObjectMapper druid) {
        this.druid = druid;
        this.configuration = druid.getDeserializationConfig();
        try {
            this.context = ((DefaultDeserializationContext) druid.getDeserializationContext())
                    .createInstance(configuration, druid.createParser("{}"), druid.getInjectableValues());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Registered type names and the class of each; empty where the class is not chosen by a type name. */
    Map<String, JavaType> subtypes(JavaType type) {
        Map<String, JavaType> found = new TreeMap<>();
        BeanDescription description = configuration.introspect(type);
        if (typeInfo(type) == null) {
            return found;
        }
        for (NamedType subtype : druid.getSubtypeResolver()
                .collectAndResolveSubtypesByTypeId(configuration, description.getClassInfo())) {
            if (subtype.getName() != null && type.getRawClass().isAssignableFrom(subtype.getType())) {
                JavaType resolved = druid.constructType(subtype.getType());
                if (!resolved.isAbstract() && readable(resolved)) {
                    found.put(subtype.getName(), resolved);
                }
            }
        }
        return found;
    }

    /** Not so for some classes of Druid whose creators Jackson refuses: no spec with such a type can be submitted. */
    private boolean readable(JavaType type) {
        try {
            return context.findNonContextualValueDeserializer(type) != null;
        } catch (JsonMappingException unreadable) {
            return false;
        }
    }

    private JsonTypeInfo typeInfo(JavaType type) {
        return configuration.introspect(type).getClassAnnotations().get(JsonTypeInfo.class);
    }

    String typeProperty(JavaType type) {
        JsonTypeInfo info = typeInfo(type);
        return info.property().isEmpty() ? info.use().getDefaultPropertyName() : info.property();
    }

    Optional<Class<?>> defaultType(JavaType type) {
        Class<?> found = typeInfo(type).defaultImpl();
        boolean fits = found != JsonTypeInfo.class && type.getRawClass().isAssignableFrom(found);
        return fits ? Optional.of(found) : Optional.empty();
    }

    boolean hasDefault(JavaType type) {
        return defaultType(type).isPresent();
    }

    /** JSON kinds beside an object from which the class, or its default, is made. */
    Set<String> scalarForms(JavaType type) {
        Set<String> forms = new LinkedHashSet<>();
        JavaType made = typeInfo(type) == null
                ? type
                : defaultType(type).<JavaType>map(druid::constructType).orElse(type);
        if (!made.isAbstract() && deserializer(made) instanceof BeanDeserializerBase bean) {
            ValueInstantiator instantiator = bean.getValueInstantiator();
            if (instantiator.canCreateFromString()) {
                forms.add("string");
            }
            if (instantiator.canCreateFromInt() || instantiator.canCreateFromLong()) {
                forms.add("integer");
            }
        }
        return forms;
    }

    private JsonDeserializer<?> deserializer(JavaType type) {
        try {
            return context.findNonContextualValueDeserializer(type);
        } catch (JsonMappingException unreadable) {
            throw new IllegalStateException("no deserialiser for " + type, unreadable);
        }
    }

    ObjectNode schema(JavaType type, Function<JavaType, ObjectNode> schemaOf) {
        if (type.isEnumType()) {
            return enumeration(type);
        }
        if (type.isAbstract()) {
            return JSON.objectNode(); // only an extension that is not here could fill it
        }
        if (!(deserializer(type) instanceof BeanDeserializerBase bean)) {
            throw new IllegalStateException(type + " is read by "
                    + deserializer(type).getClass() + ": name a common type for it in the overlay");
        }
        ValueInstantiator instantiator = bean.getValueInstantiator();
        if (instantiator.canCreateUsingArrayDelegate()) {
            return schemaOf.apply(instantiator.getArrayDelegateType(configuration));
        }
        if (instantiator.canCreateUsingDelegate()) {
            return schemaOf.apply(instantiator.getDelegateType(configuration));
        }
        ObjectNode schema = JSON.objectNode();
        ArrayNode kinds = schema.putArray("type").add("object");
        scalarForms(type).forEach(kinds::add);
        kinds.add("null");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (SettableBeanProperty property : properties(bean)) {
            ObjectNode place = schemaOf.apply(property.getType());
            if (property.getAnnotation(Deprecated.class) != null) {
                place.put("deprecated", true);
            }
            properties.set(property.getName(), place);
            if (property.isRequired()) {
                required.add(property.getName());
            }
        }
        written(type)
                .filter(name -> !properties.has(name))
                .forEach(name -> properties.putObject(name).put("readOnly", true));
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    /** What Druid writes of the class: with what it reads taken off, these are fields that it only answers with. */
    private Stream<String> written(JavaType type) {
        try {
            JsonSerializer<?> serializer = druid.getSerializerProviderInstance().findValueSerializer(type);
            Iterable<PropertyWriter> writers = serializer::properties;
            return StreamSupport.stream(writers.spliterator(), false)
                    .map(PropertyWriter::getName)
                    .sorted();
        } catch (JsonMappingException unwritable) {
            throw new IllegalStateException("no serialiser for " + type, unwritable);
        }
    }

    /** In the order of the creator's parameters, which is the order that Druid's authors think in; setters last. */
    private static List<SettableBeanProperty> properties(BeanDeserializerBase bean) {
        List<SettableBeanProperty> found = new ArrayList<>();
        bean.properties().forEachRemaining(property -> {
            boolean injectedOnly = property.getInjectableValueId() != null
                    && property.getName().isEmpty();
            if (!injectedOnly && !property.getName().isEmpty()) {
                found.add(property);
            }
        });
        found.sort(Comparator.<SettableBeanProperty>comparingInt(
                        property -> property instanceof CreatorProperty ? property.getCreatorIndex() : 1_000)
                .thenComparing(SettableBeanProperty::getName));
        return found;
    }

    /** Each constant as Druid writes it, as Java names it, and in the other case, so far as Druid reads them. */
    private ObjectNode enumeration(JavaType type) {
        Set<String> accepted = new LinkedHashSet<>();
        for (Object constant : type.getRawClass().getEnumConstants()) {
            String written = druid.valueToTree(constant).asText();
            String name = ((Enum<?>) constant).name();
            for (String form : List.of(
                    written, name, name.toLowerCase(java.util.Locale.ROOT), name.toUpperCase(java.util.Locale.ROOT))) {
                if (reads(type, form, constant)) {
                    accepted.add(form);
                }
            }
        }
        ObjectNode schema = JSON.objectNode();
        ArrayNode values = schema.putArray("enum");
        accepted.forEach(values::add);
        values.addNull();
        return schema;
    }

    private boolean reads(JavaType type, String form, Object constant) {
        try {
            return constant.equals(druid.readValue(druid.writeValueAsString(form), type));
        } catch (JsonProcessingException refused) {
            return false;
        }
    }

    /** The extension whose jar has the class, or null for Druid's core. */
    String extension(Class<?> type) {
        if (type.getProtectionDomain().getCodeSource() == null) {
            return null;
        }
        Matcher jar = EXTENSION.matcher(
                type.getProtectionDomain().getCodeSource().getLocation().getPath());
        return jar.find() && !CORE.contains(jar.group(1)) ? jar.group(1) : null;
    }
}
