package sluice.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import sluice.core.batch.Batch;
import sluice.core.batch.InputObject;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;
import sluice.core.definition.reader.DefinitionReader;
import sluice.core.definition.reader.ReadResult;
import sluice.core.spec.SpecHints.History;

/** The same definition, batch and hints give the same bytes, wherever and in whatever order. */
class SpecGeneratorPropertyTest {

    private static final Definition AUTO = Definitions.of(Definitions.WIKIPEDIA.replace(
            "queryGranularity: HOUR, rollup: true", "queryGranularity: auto, rollup: auto"));
    private static final SpecHints HINTS = new SpecHints(
            Map.of("MINUTE", 0.7, "HOUR", 0.31), new History(1_000_000, 3_333_333, 1_111_111, 77_777_777));

    @Property(tries = 300)
    void bytesDoNotDependOnOrderLocaleOrTimeZone(
            @ForAll("keys") List<String> keys, @ForAll("places") String place, @ForAll Random random) {
        Batch batch = Batches.of(AUTO, keys.toArray(String[]::new));
        String expected = json(AUTO, batch);
        List<InputObject> objects = new ArrayList<>(batch.objects());
        List<TimeChunk> chunks = new ArrayList<>(batch.chunks());
        Collections.shuffle(objects, random);
        Collections.shuffle(chunks, random);
        Definition shuffled = reread(shuffled(AUTO.document(), random));
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(place.split(" ")[0]));
            TimeZone.setDefault(TimeZone.getTimeZone(place.split(" ")[1]));

            String elsewhere = json(shuffled, new Batch("wikipedia", chunks, objects));

            assertThat(elsewhere).isEqualTo(expected);
            assertThat(shuffled.hash()).isEqualTo(AUTO.hash());
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Provide
    Arbitrary<List<String>> keys() {
        Arbitrary<String> names =
                Arbitraries.strings().withChars("ab é%+/\uD83D\uDE00").ofMaxLength(6);
        return Arbitraries.integers()
                .between(10, 28)
                .flatMap(day -> names.map(name -> "wikipedia/dt=2026-02-" + day + "/x" + name + ".json.gz"))
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> places() {
        return Arbitraries.of(
                "tr-TR Europe/Istanbul",
                "ar-EG Africa/Cairo",
                "th-TH-u-ca-buddhist-nu-thai Asia/Bangkok",
                "en-US America/New_York",
                "hi-IN-u-nu-deva Asia/Kolkata",
                "ja-JP-u-ca-japanese Pacific/Apia");
    }

    private static String json(Definition definition, Batch batch) {
        Generation generation = SpecGenerator.generate(definition, batch, HINTS, SpecDefaults.STANDARD);
        return ((Generation.Generated) generation).spec().json();
    }

    private static Definition reread(JsonNode document) {
        ReadResult result = DefinitionReader.read(document.toString(), "x.json", Map.of());
        return ((ReadResult.Valid) result).definition();
    }

    private static JsonNode shuffled(JsonNode node, Random random) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            Collections.shuffle(names, random);
            ObjectNode shuffled = JsonNodeFactory.instance.objectNode();
            names.forEach(name -> shuffled.set(name, shuffled(object.get(name), random)));
            return shuffled;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(shuffled(element, random)));
            return copy;
        }
        return node;
    }
}
