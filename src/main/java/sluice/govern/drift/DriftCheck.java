package sluice.govern.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sluice.core.contract.NearestWord;

/**
 * Compares the columns of new files with the definition and with earlier files. A column that the files have always had and
 * the definition omits is not new: its author decided so.
 */
final class DriftCheck {

    private DriftCheck() {}

    /**
     * @param known columns of earlier files; empty before the first ones
     * @param now columns of a sample of the new files
     * @param isTabular whether every row of the format has every column
     */
    static List<ColumnDrift> between(
            DeclaredColumns declared, ObservedColumns known, ObservedColumns now, boolean isTabular) {
        if (now.isEmpty()) {
            return List.of();
        }
        List<ColumnDrift> drift = new ArrayList<>();
        if (!known.isEmpty()) {
            for (String name : now.without(declared.mentioned(), List.of())) {
                // A column of nulls loses nothing and has no type yet, so it waits for its first value.
                if (known.kind(name) == ColumnKind.UNKNOWN && now.kind(name) != ColumnKind.UNKNOWN) {
                    drift.add(new ColumnDrift.New(
                            name, "/schema/dimensionsSpec", now.kind(name).stored()));
                }
            }
        }
        for (Map.Entry<String, ColumnKind> column : new TreeMap<>(declared.wanted()).entrySet()) {
            String name = column.getKey();
            ColumnKind wanted = column.getValue();
            String pointer = declared.pointers().getOrDefault(name, "/schema");
            if (!now.has(name)) {
                boolean isCertain = isTabular || name.equals(declared.timestamp());
                List<String> unused = List.copyOf(now.without(declared.mentioned(), List.of()));
                drift.add(new ColumnDrift.Missing(
                        name, pointer, known.has(name), isCertain, NearestWord.of(name, unused)));
                continue;
            }
            ColumnKind kind = now.kind(name);
            boolean turned = known.has(name)
                    && kind.isNested() != known.kind(name).isNested()
                    && kind != ColumnKind.UNKNOWN
                    && known.kind(name) != ColumnKind.UNKNOWN;
            if (!kind.fits(wanted)) {
                drift.add(new ColumnDrift.Retyped(name, pointer, wanted, kind.stored()));
            } else if (turned) {
                drift.add(new ColumnDrift.Retyped(name, pointer, known.kind(name), kind));
            }
        }
        return List.copyOf(drift);
    }
}
