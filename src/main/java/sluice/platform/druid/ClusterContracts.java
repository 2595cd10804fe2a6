package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sluice.core.contract.Contract;
import sluice.core.contract.ExtensionTypes;
import sluice.core.json.UnreadableTextException;
import sluice.core.json.YamlText;

/** The contracts of one cluster by version, with the types of its own extensions. */
final class ClusterContracts {

    private final ExtensionTypes types;
    private final Map<String, Contract> byVersion = new ConcurrentHashMap<>();

    /**
     * @param setting the name of the setting, for errors
     * @param declared types in YAML or JSON; empty for none
     * @throws IllegalArgumentException if the text is no declaration; the message names setting and place
     */
    ClusterContracts(String setting, String declared) {
        this.types = types(setting, declared);
    }

    Contract of(String version) {
        return byVersion.computeIfAbsent(
                version, number -> Contract.forDruid(number).with(types));
    }

    private static ExtensionTypes types(String setting, String declared) {
        if (declared.isBlank()) {
            return ExtensionTypes.of(List.of());
        }
        try {
            JsonNode document =
                    YamlText.read(declared, (position, pointer, key) -> {}).root();
            return ExtensionTypes.of(List.of(document));
        } catch (UnreadableTextException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException(setting + ": " + malformed.getMessage(), malformed);
        }
    }
}
