package sluice.govern.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import sluice.core.contract.NearestWord;

/**
 * Compares the columns of new files with what the definition says and with what earlier files had. A column that the
 * files have always had and the definition leaves out is no news: somebody has decided so.
 */
final class DriftCheck {

    private DriftCheck() {}

    /**
     * @param known columns of earlier files; empty before the first
     * @param now columns of a sample of the new ones
     * @param isTabular whether every row of the format has every column
     */
    static List<ColumnDrift> between(
            DeclaredColumns declared, ObservedColumns known, ObservedColumns now, boolean isTabular) {
        if (now.isEmpty()) {
            return List.of();
        }
        List<ColumnDrift> drift = new ArrayList<>();
        if (!known.isEmpty()) {
            for (String name : now.without(declared.mentioned(), known.kinds().keySet())) {
                drift.add(new ColumnDrift.New(name, "/schema/dimensionsSpec", now.kind(name)));
            }
        }
        for (String name : new TreeSet<>(declared.wanted().keySet())) {
            String pointer = declared.pointers().getOrDefault(name, "/schema");
            if (!now.has(name)) {
                boolean isCertain = isTabular || name.equals(declared.timestamp());
                List<String> unused = List.copyOf(now.without(declared.mentioned(), List.of()));
                drift.add(new ColumnDrift.Missing(
                        name, pointer, known.has(name), isCertain, NearestWord.of(name, unused)));
                continue;
            }
            ColumnKind kind = now.kind(name);
            ColumnKind wanted = declared.wanted().get(name);
            boolean turned = known.has(name)
                    && kind.isNested() != known.kind(name).isNested()
                    && kind != ColumnKind.UNKNOWN
                    && known.kind(name) != ColumnKind.UNKNOWN;
            if (!kind.fits(wanted)) {
                drift.add(new ColumnDrift.Retyped(name, pointer, wanted, kind));
            } else if (turned) {
                drift.add(new ColumnDrift.Retyped(name, pointer, known.kind(name), kind));
            }
        }
        return List.copyOf(drift);
    }
}
