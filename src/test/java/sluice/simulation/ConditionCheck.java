package sluice.simulation;

import java.util.Optional;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Value;

/** Decides whether a condition holds of an item. */
final class ConditionCheck {

    private ConditionCheck() {}

    static boolean holds(Condition condition, Optional<Item> stored) {
        if (condition instanceof Condition.Has has) {
            return value(stored, has.attribute()).isPresent();
        } else if (condition instanceof Condition.Lacks lacks) {
            return value(stored, lacks.attribute()).isEmpty();
        } else if (condition instanceof Condition.Compared compared) {
            return holds(compared, value(stored, compared.attribute()));
        } else if (condition instanceof Condition.All all) {
            return all.conditions().stream().allMatch(part -> holds(part, stored));
        } else if (condition instanceof Condition.Any any) {
            return any.conditions().stream().anyMatch(part -> holds(part, stored));
        }
        return condition instanceof Condition.Always;
    }

    private static boolean holds(Condition.Compared compared, Optional<Value> stored) {
        return switch (compared.comparison()) {
            case EQUAL -> stored.filter(compared.value()::equals).isPresent();
            case DIFFERENT -> stored.filter(compared.value()::equals).isEmpty();
            case LESS -> stored.filter(value -> isLess(value, compared.value())).isPresent();
        };
    }

    /** Values of different types do not compare. */
    private static boolean isLess(Value stored, Value given) {
        if (stored instanceof Value.Text left && given instanceof Value.Text right) {
            return Utf8Order.INSTANCE.compare(left.text(), right.text()) < 0;
        }
        return stored instanceof Value.Number left
                && given instanceof Value.Number right
                && left.number() < right.number();
    }

    private static Optional<Value> value(Optional<Item> stored, String attribute) {
        return stored.map(item -> item.attributes().get(attribute));
    }
}
