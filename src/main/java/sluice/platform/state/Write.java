package sluice.platform.state;

/** A write of one item, which takes effect if its condition holds of what is stored. */
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

    /** Stores the item in place of what is there. */
    record Put(Item item, Condition condition) implements Write {

        @Override
        public Key key() {
            return Key.of(item);
        }
    }

    /** Changes the item, and creates it where it is absent. */
    record Update(Key key, Changes changes, Condition condition) implements Write {}

    /** Removes the item; one that is absent already does no harm. */
    record Delete(Key key, Condition condition) implements Write {}
}
