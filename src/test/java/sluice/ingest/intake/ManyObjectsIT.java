package sluice.ingest.intake;

/** A day of 50,000 files; {@code ./mvnw test -Dtest=ManyObjectsIT -Dobjects=200000} tries another number. */
class ManyObjectsIT extends ManyObjects {

    ManyObjectsIT() {
        super(Integer.getInteger("objects", 50_000));
    }
}
