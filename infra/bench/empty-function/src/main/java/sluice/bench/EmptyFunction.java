package sluice.bench;

import io.quarkus.funqy.Funq;

/** Answers nothing to anything. */
public class EmptyFunction {

    @Funq("empty")
    public void empty() {}
}
