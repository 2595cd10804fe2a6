package sluice.simulation.world;

/** What has to be true in every history. */
enum Invariant {
    ONCE("no version of an object is served twice"),
    ALONE("no two tasks of Sluice replace one time chunk at once"),
    OWNED("what Druid may have is not superseded, and is not called cancelled while its task goes on"),
    KEPT("what a replace has loaded is served until something replaces it"),
    ROWS("the rows that are served are those of the objects that count as loaded"),
    OUTCOMES("every object has an outcome"),
    PLANS("every run has its plan"),
    ENDS("every run ends"),
    EVENTS("every state of a run is told"),
    STORED("what is told of a run is what is stored"),
    LEASES("no lease is left"),
    OUTBOX("no event is left in the outbox"),
    DUE("nothing stays due"),
    MESSAGES("no message fails for ever"),
    REST("everything comes to rest");

    private final String text;

    Invariant(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
