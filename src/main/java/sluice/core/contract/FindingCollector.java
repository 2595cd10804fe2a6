package sluice.core.contract;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.core.json.Edit;
import sluice.core.json.JsonPointers;

/** Collects findings during a walk over a document, and tracks the current place of the walk. */
final class FindingCollector {
    private final List<Finding> found = new ArrayList<>(0);
    private final List<Repair> repairs = new ArrayList<>(0);
    private final FindingLimit limit = new FindingLimit();
    private Object[] steps = new Object[16];
    private int depth;

    void enter(String key) {
        push(key);
    }

    void enter(int index) {
        push(index);
    }

    private void push(Object step) {
        if (depth == steps.length) {
            steps = java.util.Arrays.copyOf(steps, depth * 2);
        }
        steps[depth++] = step;
    }

    void leave() {
        depth--;
    }

    /** Returns the JSON Pointer of the current place. */
    String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (int step = 0; step < depth; step++) {
            pointer.append('/').append(JsonPointers.escape(steps[step].toString()));
        }
        return pointer.toString();
    }

    /** Returns the key of the object that the walk is in; the list's key for an entry of a list, "" for the document. */
    String parentName() {
        for (int step = depth - 1; step >= 0; step--) {
            if (steps[step] instanceof String key) {
                return key;
            }
        }
        return "";
    }

    String pointer(String key) {
        return pointer() + '/' + JsonPointers.escape(key);
    }

    void add(
            ContractCode code,
            String pointer,
            String message,
            @Nullable String expected,
            @Nullable String suggestion,
            @Nullable String page) {
        Finding finding =
                new Finding(code.id(), code.severity(), pointer, null, null, message, expected, suggestion, page);
        limit.add(finding);
        found.add(finding);
    }

    /** Adds the finding of a rule, which knows its place but has no schema at hand. */
    void add(ContractCode code, SpecNode place, String message, String expected, @Nullable String suggestion) {
        add(code, place.pointer(), message, expected, suggestion, DruidPages.of(code));
    }

    /** Adds the other walk's errors at or below these members of the document. */
    void addErrorsUnder(Collection<String> members, FindingCollector other) {
        for (Finding finding : other.toList()) {
            boolean below = members.stream().map(member -> "/" + member).anyMatch(place -> (finding.pointer() + "/")
                    .startsWith(place + "/"));
            if (below && finding.severity() == Severity.ERROR) {
                limit.add(finding);
                found.add(finding);
            }
        }
    }

    /** Adds what mends the finding with that code and place. */
    void repair(ContractCode code, String pointer, Edit... edits) {
        repairs.add(new Repair(code.id(), pointer, List.of(edits)));
    }

    /**
     * Returns the repairs, except of places with a placeholder: nobody knows yet what will be there. Those of a type come
     * first, because the type decides which other fields belong to its object.
     */
    List<Repair> repairs() {
        return repairs.stream()
                .filter(repair -> !has(ContractCode.PLACEHOLDER, repair.pointer()))
                .sorted(Comparator.comparing(repair -> !repair.isOfType()))
                .toList();
    }

    boolean has(ContractCode code, String pointer) {
        return found.stream()
                .anyMatch(finding ->
                        finding.code().equals(code.id()) && finding.pointer().equals(pointer));
    }

    /** Says that the check stopped because there are too many findings. */
    void tooMany() {
        ContractCode code = ContractCode.TOO_MANY_FINDINGS;
        found.add(Finding.error(
                code.id(), "", "There are more findings than these " + found.size(), null, "correct these first"));
    }

    /** Returns the findings. A place with a placeholder has no other finding: it will be another value. */
    List<Finding> toList() {
        Set<String> open = new HashSet<>();
        for (Finding finding : found) {
            if (finding.code().equals(ContractCode.PLACEHOLDER.id())) {
                open.add(finding.pointer());
            }
        }
        return open.isEmpty()
                ? List.copyOf(found)
                : found.stream()
                        .filter(finding -> !open.contains(finding.pointer())
                                || finding.code().equals(ContractCode.PLACEHOLDER.id()))
                        .toList();
    }

    /** Mends a text if only one of the known words can be meant. */
    void repairWord(ContractCode code, String pointer, String written, Collection<String> known) {
        String meant = NearestWord.certain(written, known);
        if (meant != null) {
            repair(code, pointer, new Edit.Put(pointer, TextNode.valueOf(meant)));
        }
    }
}
