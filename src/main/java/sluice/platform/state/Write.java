package sluice.platform.state;

/** A conditional write of one item: it takes effect if its condition holds for the stored item. */
public sealed interface Write {

    Key key();

    Condition condition();

    static Write put(Item item) {
        return new Put(item, Condition.ALWAYS);
    }

    static Write put(Item item, Condition condition) {
        return new Put(item, condition);
    }

    static Write update(Key key, Changes changes, Condition condition) {
        return new Update(key, changes, condition);
    }

    static Write delete(Key key, Condition condition) {
        return new Delete(key, condition);
    }

    /** Stores the item and replaces what is there. */
    record Put(Item item, Condition condition) implements Write {

        @Override
        public Key key() {
            return Key.of(item);
        }
    }

    /** Changes the item, or creates it if it is absent. */
    record Update(Key key, Changes changes, Condition condition) implements Write {}

    /** Removes the item. Removing an absent item is a no-op. */
    record Delete(Key key, Condition condition) implements Write {}
}
